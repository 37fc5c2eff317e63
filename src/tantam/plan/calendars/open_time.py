"""Counts open time: hours compiled to cumulative UTC intervals, searched by bisection.

The rule with worked cases: docs/algorithms/open-time.md.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta

from tantam.plan.calendars.hours import Hours
from tantam.plan.calendars.local_time import EPOCH, MICROSECONDS_A_MINUTE, from_microseconds, to_microseconds
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
    wanted = round(minutes * MICROSECONDS_A_MINUTE)
    if wanted <= 0:
        return _nothing(hours, start, minutes)
    # What follows is written out, for it is asked a million times: one subtraction, two bisections, one addition.
    try:
        since = start - EPOCH
    except TypeError:
        since = timedelta(microseconds=to_microseconds(start))
    moment = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    span: Span | None = hours.near.get(start.year)
    if span is None:
        span = _near(hours, start.year)
    if span.steady:
        starts, passed = span.starts, span.passed
        index = bisect_right(starts, moment) - 1
        if index >= 0:
            end = span.ends[index]
            target = passed[index] + (moment if moment < end else end) - starts[index] + wanted
        else:
            target = wanted
        if target <= span.total:
            index = bisect_left(passed, target) - 1
            if (opening := span.openings.get(index)) is not None:
                return opening + timedelta(0, 0, target - passed[index])
            return _instant(hours, span, index, target - passed[index])
    return _further(hours, start, moment, wanted)


def _nothing(hours: Hours, start: datetime, minutes: float) -> datetime:
    if minutes < 0:
        raise ValueError(f"{minutes} open minutes cannot be added; give 0 or more.")
    return start.astimezone(hours.tz)


def _near(hours: Hours, year: int) -> Span:
    """Return the years around one, kept with the hours. In another zone it may be the year before or after."""
    hours.near[year] = span = compiled(hours, year - 1, year + 1)
    return span


def _instant(hours: Hours, span: Span, index: int, after: int) -> datetime:
    """Return the instant so long after an interval opens, in the hours' zone."""
    zone = hours.tz
    if index not in span.openings and (opening := span.opening(index, zone)) is not None:
        return opening + timedelta(microseconds=after)
    return from_microseconds(span.starts[index] + after, zone)


def _further(hours: Hours, start: datetime, moment: int, wanted: int) -> datetime:
    """Return the same where a closure may be too long, or the end lies years ahead."""
    for width in _WIDTHS:
        span = compiled(hours, start.year - 1, start.year + width)
        target = span.position(moment) + wanted
        if target <= span.total:
            index = bisect_left(span.passed, target) - 1
            if not span.steady:
                _refuse_long_closure(hours, span, moment, index)
            return _instant(hours, span, index, target - span.passed[index])
        _refuse_long_closure(hours, span, moment, len(span.starts))
    raise NeverOpens(hours.name)


def between(hours: Hours, first: datetime, last: datetime) -> float:
    """Return the open minutes from `first` up to `last`, negative if `last` comes first.

    Both aware. The result may have a fraction of a minute.
    """
    begin, end = to_microseconds(first), to_microseconds(last)
    year = first.year
    if 0 <= last.year - year <= 1:
        span: Span = hours.near.get(year) or _near(hours, year)
        if end > span.until:
            span = compiled(hours, year - 1, last.year + 1)
    else:
        years = sorted((year, last.year))
        span = compiled(hours, years[0] - 1, years[1] + 1)
    return (span.position(end) - span.position(begin)) / MICROSECONDS_A_MINUTE


def is_open(hours: Hours, moment: datetime) -> bool:
    """Return whether the hours are open at `moment`, aware. The opening minute is in, the closing minute is not."""
    at = to_microseconds(moment)
    span: Span = hours.near.get(moment.year) or _near(hours, moment.year)
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
