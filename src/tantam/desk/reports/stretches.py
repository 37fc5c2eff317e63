"""The stretches of time that figures are shown for: so many days up to now, or from one day to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from tantam.desk.common.errors import Refused

STRETCHES = {"week": 7, "month": 30, "quarter": 91, "year": 365}
USUAL = "quarter"
BETWEEN = "between"  # the code of a stretch whose days somebody chose
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)
STEPS = (1, 7, 28, 91, 364)  # days of one bar
MOST_BARS = 100
FEWEST_WEEKS, MOST_WEEKS = 8, 53
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """since, until: aware; until itself no longer counts. code: one of STRETCHES, or BETWEEN.

    first, last: the days that somebody chose, None for a stretch that ends now.
    """

    code: str
    since: datetime
    until: datetime
    first: date | None = None
    last: date | None = None

    @property
    def query(self) -> dict[str, str]:
        """The arguments of an address that ask for this stretch."""
        if self.first is None or self.last is None:
            return {"stretch": self.code}
        return {"since": self.first.isoformat(), "until": self.last.isoformat()}

    @property
    def weeks(self) -> int:
        """How many weeks before its end show how it went."""
        return min(max(-((self.since - self.until) // timedelta(weeks=1)), FEWEST_WEEKS), MOST_WEEKS)

    @property
    def step(self) -> int:
        """How many days one bar of its chart covers."""
        count = (self.until - self.since).days
        return next((each for each in STEPS if count <= each * MOST_BARS), STEPS[-1])

    def bars(self) -> list[tuple[datetime, datetime]]:
        """Return its local days, or steps of several, oldest first: each as (its first instant, the next one's)."""
        first, last = timezone.localtime(self.since).date(), timezone.localtime(self.until - _MINUTE).date()
        days = (last - first).days + 1
        starts = [_midnight(first + timedelta(days=each)) for each in [*range(0, days, self.step), days]]
        return list(zip(starts, starts[1:], strict=False))


def asked(code: str, since: str, until: str, now: datetime) -> Stretch:
    """Return the stretch between two days if either is named, else the one with this code. Raises Refused."""
    return between(since, until, now) if since or until else stretch(code, now)


def stretch(code: str, now: datetime) -> Stretch:
    """Return the stretch that ends with this minute and began so many local midnights ago; an unknown one is a quarter.

    To the end of the minute, so that whoever asks twice within one gets the same.
    """
    known = code if code in STRETCHES else USUAL
    today = timezone.localtime(now).date()
    return Stretch(known, _midnight(today - timedelta(days=STRETCHES[known] - 1)), end_of_minute(now))


def between(since: str, until: str, now: datetime) -> Stretch:
    """Return the stretch from one day to another, both counted, as `2017-02-28`, but never beyond this minute.

    Without a last day it ends today; without a first one it is a year long.

    Raises Refused: not_a_day, backwards.
    """
    begun, last = (_day(*each) if each[1] else None for each in (("since", since), ("until", until)))
    last = last or timezone.localtime(now).date()
    first = begun or last - timedelta(days=STRETCHES["year"] - 1)
    if last < first:
        raise Refused("backwards", field="until", since=first.isoformat(), got=last.isoformat())
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    return Stretch(BETWEEN, begin, min(end, max(end_of_minute(now), begin + _MINUTE)), first, last)


def end_of_minute(now: datetime) -> datetime:
    """Return the first instant of the next minute."""
    return now.replace(second=0, microsecond=0) + _MINUTE


def _day(field: str, written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise Refused("not_a_day", field=field, got=written[:40]) from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Refused("not_a_day", field=field, got=written[:40])
    return day


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
