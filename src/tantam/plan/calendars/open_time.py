"""Counts open time: hours compiled to cumulative UTC intervals, searched by bisection.

The rule with worked cases: docs/algorithms/open-time.md.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from tantam.plan.calendars.hours import Hours
from tantam.plan.calendars.local_time import (
    EPOCH,
    MICROSECONDS_A_MINUTE,
    from_microseconds,
    to_microseconds,
    without_zone,
)
from tantam.plan.calendars.spans import LONGEST_CLOSED, Span, compiled, days_open
from tantam.plan.errors import NeverOpens

__all__ = ["Span", "add", "between", "compiled", "days_open", "is_open", "next_change", "next_closing", "next_opening"]

_WIDTHS = (1, 4, 16, 64)  # years looked ahead; each time nothing is found, further


def add(hours: Hours, start: datetime, minutes: float) -> datetime:
    """Return the earliest instant when `minutes` open minutes have passed.

    start: aware. minutes: >= 0, with 0 giving `start` itself. Result: aware, in the hours' zone.
    Raises NeverOpens if, on the way, nothing opens within 366 days, or 64 years do not suffice.
    Source: docs/algorithms/open-time.md.
    """
    # Written out, for it is asked a million times; and no length becomes a number, which would cost more than the rest.
    wanted = _length(minutes)
    if wanted <= _NONE:
        return _nothing(hours, start, minutes)
    try:
        since = start - EPOCH
    except TypeError:
        raise without_zone(start) from None
    near: Near = hours.near.get(start.year) or _near(hours, start.year)
    passed = near.passed
    index = bisect_right(near.starts, since) - 1
    if index >= 0:
        end = near.ends[index]
        target = passed[index] + ((since if since < end else end) - near.starts[index]) + wanted
    else:
        target = wanted
    if target <= near.total:
        index = bisect_left(passed, target) - 1
        opening = near.openings[index]
        if opening is not None:
            return opening + (target - passed[index])
        return (EPOCH + near.starts[index] + (target - passed[index])).astimezone(hours.tz)
    return _further(hours, start, to_microseconds(start), wanted // _MICROSECOND)


_NONE = timedelta()
_MICROSECOND = timedelta(microseconds=1)


@lru_cache(maxsize=4096)
def _length(minutes: float) -> timedelta:
    return timedelta(microseconds=round(minutes * MICROSECONDS_A_MINUTE))


@dataclass(frozen=True, slots=True)
class Near:
    """The span of the years around one, as lengths since 1970: none of them, if it is closed for 366 days at once.

    openings: when each interval opens in the hours' zone; None if no wall clock can be added to until it closes.
    """

    span: Span
    starts: list[timedelta]
    ends: list[timedelta]
    passed: list[timedelta]
    total: timedelta
    openings: list[datetime | None]


def _nothing(hours: Hours, start: datetime, minutes: float) -> datetime:
    if minutes < 0:
        raise ValueError(f"{minutes} open minutes cannot be added; give 0 or more.")
    return start.astimezone(hours.tz)


def _near(hours: Hours, year: int) -> Near:
    """Return the years around one, kept with the hours. In another zone it may be the year before or after."""
    span, zone = compiled(hours, year - 1, year + 1), hours.tz
    starts, ends, passed = (
        [timedelta(microseconds=each) for each in several] for several in (span.starts, span.ends, span.passed)
    )
    openings = [_opening(start, end, zone) for start, end in zip(starts, ends, strict=True)]
    total = timedelta(microseconds=span.total) if span.steady else _NONE
    near = Near(span, starts, ends, passed, total, openings)
    hours.near[year] = near
    return near


def _opening(start: timedelta, end: timedelta, zone: ZoneInfo) -> datetime | None:
    opens, closes = (EPOCH + start).astimezone(zone), (EPOCH + end).astimezone(zone)
    offsets = {(opens - _DAY).utcoffset(), opens.utcoffset(), closes.utcoffset()}
    return opens if len(offsets) == 1 and end - start <= _DAY else None


_DAY = timedelta(days=1)


def _further(hours: Hours, start: datetime, moment: int, wanted: int) -> datetime:
    """Return the same where a closure may be too long, or the end lies years ahead."""
    for width in _WIDTHS:
        span = compiled(hours, start.year - 1, start.year + width)
        target = span.position(moment) + wanted
        if target <= span.total:
            index = bisect_left(span.passed, target) - 1
            if not span.steady:
                _refuse_long_closure(hours, span, moment, index)
            return from_microseconds(span.starts[index] + target - span.passed[index], hours.tz)
        _refuse_long_closure(hours, span, moment, len(span.starts))
    raise NeverOpens(hours.name)


def between(hours: Hours, first: datetime, last: datetime) -> float:
    """Return the open minutes from `first` up to `last`, negative if `last` comes first.

    Both aware. The result may have a fraction of a minute.
    """
    begin, end = to_microseconds(first), to_microseconds(last)
    year = first.year
    if 0 <= last.year - year <= 1:
        near: Near = hours.near.get(year) or _near(hours, year)
        span = near.span
        if end > span.until:
            span = compiled(hours, year - 1, last.year + 1)
    else:
        years = sorted((year, last.year))
        span = compiled(hours, years[0] - 1, years[1] + 1)
    return (span.position(end) - span.position(begin)) / MICROSECONDS_A_MINUTE


def is_open(hours: Hours, moment: datetime) -> bool:
    """Return whether the hours are open at `moment`, aware. The opening minute is in, the closing minute is not."""
    at = to_microseconds(moment)
    near: Near = hours.near.get(moment.year) or _near(hours, moment.year)
    span = near.span
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


def next_closing(hours: Hours, moment: datetime) -> datetime | None:
    """Return when the hours close next: the closing they are open up to, else that of the next opening.

    moment: aware. Result: in the hours' zone; None if they do not close within 366 days of opening. Raises NeverOpens.
    """
    return next_change(hours, next_opening(hours, moment))


def next_opening(hours: Hours, moment: datetime) -> datetime:
    """Return `moment` if the hours are open then, else when they open next. Raises NeverOpens as `add` does."""
    if is_open(hours, moment):
        return moment.astimezone(hours.tz)
    opening = next_change(hours, moment)
    if opening is None:
        raise NeverOpens(hours.name)
    return opening


def _refuse_long_closure(hours: Hours, span: Span, moment: int, last: int) -> None:
    """Raise NeverOpens if, from `moment` up to the interval number `last`, nothing opens for 366 days."""
    closed_since = moment
    for index in range(bisect_right(span.ends, moment), min(last + 1, len(span.starts))):
        if span.starts[index] - closed_since > LONGEST_CLOSED:
            raise NeverOpens(hours.name)
        closed_since = span.ends[index]
    if last == len(span.starts) and span.until - closed_since > LONGEST_CLOSED:
        raise NeverOpens(hours.name)
