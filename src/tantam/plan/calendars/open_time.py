"""Counts open time: hours compiled to cumulative UTC intervals, searched by bisection.

The rule with worked cases: docs/algorithms/open-time.md.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from tantam.plan.calendars.holidays_data import holiday_dates
from tantam.plan.calendars.hours import Hours, Interval
from tantam.plan.calendars.local_time import (
    MICROSECONDS_A_MINUTE,
    from_microseconds,
    instant_at,
    midnight,
    to_microseconds,
)
from tantam.plan.errors import NeverOpens

LONGEST_CLOSED = 366 * 24 * 60 * MICROSECONDS_A_MINUTE
_WIDTHS = (1, 4, 16, 64)  # years looked ahead; each time nothing is found, further


@dataclass(frozen=True, slots=True)
class Span:
    """Hours over whole years. All numbers are microseconds since 1970 in UTC.

    starts, ends: of the open intervals, ascending and apart. passed[i]: open time in all intervals before i.
    until: the end of the span; what opens after it is not known here. steady: it is never closed for 366 days.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    passed: Sequence[int]
    until: int
    steady: bool

    def position(self, moment: int) -> int:
        """Return the open microseconds of the span that have passed at `moment`."""
        index = bisect_right(self.starts, moment) - 1
        if index < 0:
            return 0
        return self.passed[index] + min(moment, self.ends[index]) - self.starts[index]


def add(hours: Hours, start: datetime, minutes: float) -> datetime:
    """Return the earliest instant when `minutes` open minutes have passed.

    start: aware. minutes: >= 0, with 0 giving `start` itself. Result: aware, in the hours' zone.
    Raises NeverOpens if, on the way, nothing opens within 366 days, or 64 years do not suffice.
    Source: docs/algorithms/open-time.md.
    """
    moment, wanted = to_microseconds(start), round(minutes * MICROSECONDS_A_MINUTE)
    if wanted < 0:
        raise ValueError(f"{minutes} open minutes cannot be added; give 0 or more.")
    zone = hours.tz
    if wanted == 0:
        return start.astimezone(zone)
    for width in _WIDTHS:
        # In another zone it may be the year before or after; the span reaches a year further than that.
        span = compiled(hours, start.year - 1, start.year + width)
        target = span.position(moment) + wanted
        index = bisect_left(span.passed, target) - 1
        if index >= 0 and target <= span.passed[index] + span.ends[index] - span.starts[index]:
            if not span.steady:
                _refuse_long_closure(hours, span, moment, index)
            return from_microseconds(span.starts[index] + target - span.passed[index], zone)
        _refuse_long_closure(hours, span, moment, len(span.starts))
    raise NeverOpens(hours.name)


def between(hours: Hours, first: datetime, last: datetime) -> float:
    """Return the open minutes from `first` up to `last`, negative if `last` comes first.

    Both aware. The result may have a fraction of a minute.
    """
    if last < first:
        return -between(hours, last, first)
    zone = hours.tz
    span = compiled(hours, first.astimezone(zone).year - 1, last.astimezone(zone).year + 1)
    passed = span.position(to_microseconds(last)) - span.position(to_microseconds(first))
    return passed / MICROSECONDS_A_MINUTE


def is_open(hours: Hours, moment: datetime) -> bool:
    """Return whether the hours are open at `moment`, aware. The opening minute is in, the closing minute is not."""
    year = moment.astimezone(hours.tz).year
    span = compiled(hours, year - 1, year + 1)
    at = to_microseconds(moment)
    index = bisect_right(span.starts, at) - 1
    return index >= 0 and at < span.ends[index]


def next_change(hours: Hours, moment: datetime) -> datetime | None:
    """Return the first instant after `moment` at which the hours open or close; None if there is none in 366 days."""
    year = moment.astimezone(hours.tz).year
    span = compiled(hours, year - 1, year + 2)
    at = to_microseconds(moment)
    index = bisect_right(span.ends, at)
    if index == len(span.ends):
        return None
    edge = span.starts[index] if span.starts[index] > at else span.ends[index]
    if edge - at > LONGEST_CLOSED:
        return None
    return from_microseconds(edge, hours.tz)


def next_opening(hours: Hours, moment: datetime) -> datetime:
    """Return `moment` if the hours are open then, else when they open next. Raises NeverOpens as `add` does."""
    if is_open(hours, moment):
        return moment.astimezone(hours.tz)
    opening = next_change(hours, moment)
    if opening is None:
        raise NeverOpens(hours.name)
    return opening


@lru_cache(maxsize=256)
def compiled(hours: Hours, first_year: int, last_year: int) -> Span:
    """Return the hours over the local years `first_year` to `last_year`, both included."""
    first, last = date(max(first_year, 1), 1, 1), date(min(last_year, 9998), 12, 31)
    zone = hours.tz
    starts: list[int] = []
    ends: list[int] = []
    for day, intervals in days_open(hours, first, last):
        for interval in intervals:
            start = to_microseconds(instant_at(midnight(day) + timedelta(minutes=interval.start), zone))
            end = to_microseconds(instant_at(midnight(day) + timedelta(minutes=interval.end), zone))
            if starts and start <= ends[-1]:
                ends[-1] = max(ends[-1], end)
            elif start < end:
                starts.append(start)
                ends.append(end)
    passed, total = [], 0
    for start, end in zip(starts, ends, strict=True):
        passed.append(total)
        total += end - start
    until = to_microseconds(instant_at(midnight(last + timedelta(days=1)), zone))
    since = to_microseconds(instant_at(midnight(first), zone))
    steady = all(start - end <= LONGEST_CLOSED for start, end in zip(starts, [since, *ends], strict=False))
    return Span(starts, ends, passed, until, steady)


def days_open(hours: Hours, first: date, last: date) -> Iterator[tuple[date, tuple[Interval, ...]]]:
    """Yield each day from `first` to `last`, both included, with the intervals that start on it; () if closed."""
    exceptions = dict(hours.dates)
    holidays = _holidays(hours, range(first.year, last.year + 1))
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if day in exceptions:
            yield day, exceptions[day]
        else:
            yield day, () if day in holidays else hours.week[day.weekday()]


def _holidays(hours: Hours, years: range) -> frozenset[date]:
    own = hours.holidays
    if not own.codes:
        return own.dates
    missing = [year for year in years if year not in own.years]
    return own.dates.union(*holiday_dates(own.codes, missing).values())


def _refuse_long_closure(hours: Hours, span: Span, moment: int, last: int) -> None:
    """Raise NeverOpens if, from `moment` up to the interval number `last`, nothing opens for 366 days."""
    closed_since = moment
    for index in range(bisect_right(span.ends, moment), min(last + 1, len(span.starts))):
        if span.starts[index] - closed_since > LONGEST_CLOSED:
            raise NeverOpens(hours.name)
        closed_since = span.ends[index]
    if last == len(span.starts) and span.until - closed_since > LONGEST_CLOSED:
        raise NeverOpens(hours.name)
