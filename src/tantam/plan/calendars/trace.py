"""Says which stretches were counted between two instants, and why whole days in between were not."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from tantam.plan.calendars.holidays_data import holiday_names
from tantam.plan.calendars.hours import Hours
from tantam.plan.calendars.local_time import from_microseconds, to_microseconds
from tantam.plan.calendars.open_time import add
from tantam.plan.calendars.spans import compiled
from tantam.plan.calendars.special_days import Day, Why, special_days

MOST_STRETCHES = 1_000
MOST_DAYS = 1_000


class Skipped(StrEnum):
    """Why a day counted nothing: a public holiday, an exception, a calendar's event, or its weekday."""

    HOLIDAY = "holiday"
    EXCEPTION = "exception"
    FEED = "feed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Open time that was counted; both aware, in the hours' zone."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class DayOff:
    """A local day that counted nothing. name: the holiday's or event's, or why the plan closes it, "" if unsaid."""

    day: date
    why: Skipped
    name: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """What was counted from `start` to `end`, in their order, and the days between that were not.

    whole: whether all of it is told; of very long times only the first stretches and days are.
    """

    start: datetime
    end: datetime
    stretches: tuple[Stretch, ...]
    skipped: tuple[DayOff, ...]
    whole: bool = True


def why(hours: Hours, start: datetime, minutes: float, *, lang: str = "en") -> Trace:
    """Return how `add` comes to its end. lang: of the names of holidays. Raises NeverOpens and ValueError as `add`."""
    return counted(hours, start, add(hours, start, minutes), lang=lang)


def counted(hours: Hours, start: datetime, end: datetime, *, lang: str = "en") -> Trace:
    """Return what `between` counts. start, end: aware; an end that comes first counts nothing."""
    zone = hours.tz
    begins, ends = start.astimezone(zone), end.astimezone(zone)
    low, high = to_microseconds(start), to_microseconds(end)
    span = compiled(hours, begins.year - 1, max(begins.year, ends.year) + 1)
    stretches = []
    first = max(bisect_right(span.starts, low) - 1, 0)
    for index in range(first, min(first + MOST_STRETCHES, len(span.starts))):
        opens, closes = max(span.starts[index], low), min(span.ends[index], high)
        if span.starts[index] >= high:
            break
        if opens < closes:
            stretches.append(Stretch(from_microseconds(opens, zone), from_microseconds(closes, zone)))
    days = (ends.date() - begins.date()).days
    whole = days <= MOST_DAYS and len(stretches) < MOST_STRETCHES - 1
    return Trace(
        begins, ends, tuple(stretches), _skipped(hours, begins.date(), min(days, MOST_DAYS), stretches, lang), whole
    )


def _skipped(hours: Hours, first: date, days: int, stretches: list[Stretch], lang: str) -> tuple[DayOff, ...]:
    """Return the days that no counted stretch touches, each with its reason."""
    touched = {
        day for each in stretches for day in _days(each.start.date(), (each.end - timedelta(microseconds=1)).date())
    }
    return tuple(_day_off(hours, day, lang) for day in _days(first, first + timedelta(days=days)) if day not in touched)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def _day_off(hours: Hours, day: date, lang: str) -> DayOff:
    known = _known(hours, day)
    match known.why:
        case Why.HOLIDAY:
            return DayOff(day, Skipped.HOLIDAY, _holiday(hours, day, lang))
        case Why.EXCEPTION if known.because or not hours.settled:
            return DayOff(day, Skipped.EXCEPTION, known.because)
        case Why.FEED:
            return DayOff(day, Skipped.FEED, known.because)
        case _:
            return DayOff(day, Skipped.CLOSED)


def _known(hours: Hours, day: date) -> Day:
    """Return why a day is as it is; of combined hours, of the first part that has a reason."""
    parts = hours.combined.parts if hours.combined else ()
    reasons = [known for each in parts if (known := _known(each, day)).why is not Why.WEEKDAY]
    return reasons[0] if reasons else special_days(hours, day.year).get(day) or Day(())


def _holiday(hours: Hours, day: date, lang: str) -> str:
    parts = hours.combined.parts if hours.combined else ()
    codes = [*hours.holidays.codes, *(code for each in parts for code in each.holidays.codes)]
    return next((name for code in codes if (name := holiday_names(code, day.year, lang).get(day))), "")
