"""Compiles hours to open intervals in UTC, whole years at a time; what is combined of others is combined there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from tantam.plan.calendars.hours import Combined, Hours, How, Interval
from tantam.plan.calendars.local_time import (
    MICROSECONDS_A_MINUTE,
    from_microseconds,
    instant_at,
    midnight,
    to_microseconds,
)
from tantam.plan.calendars.special_days import days_of

LONGEST_CLOSED = 366 * 24 * 60 * MICROSECONDS_A_MINUTE
_DAY = timedelta(days=1)
Edges = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Span:
    """Hours over whole years. All numbers are microseconds since 1970 in UTC.

    starts, ends: of the open intervals, ascending and apart. passed[i]: open time in all intervals before i; total: in
    all. until: the end of the span; what opens after it is not known here. steady: it is never closed for 366 days.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    passed: Sequence[int]
    total: int
    until: int
    steady: bool

    def position(self, moment: int) -> int:
        """Return the open microseconds of the span that have passed at `moment`."""
        index = bisect_right(self.starts, moment) - 1
        if index < 0:
            return 0
        return self.passed[index] + min(moment, self.ends[index]) - self.starts[index]


@lru_cache(maxsize=256)
def compiled(hours: Hours, first_year: int, last_year: int) -> Span:
    """Return the hours over the local years `first_year` to `last_year`, both included."""
    first, last = max(first_year, 1), min(last_year, 9998)
    zone = hours.tz
    since = to_microseconds(instant_at(midnight(date(first, 1, 1)), zone))
    until = to_microseconds(instant_at(midnight(date(last, 12, 31) + _DAY), zone))
    if hours.combined is None:
        edges = _together(each for year in range(first, last + 1) for each in _edges(hours, year))
    else:
        edges = _combined(hours.combined, first, last, (since, until))
    passed, total = [], 0
    for start, end in edges:
        passed.append(total)
        total += end - start
    starts, ends = [start for start, _ in edges], [end for _, end in edges]
    steady = all(start - end <= LONGEST_CLOSED for start, end in zip(starts, [since, *ends], strict=False))
    return Span(starts, ends, passed, total, until, steady)


def days_open(hours: Hours, first: date, last: date) -> Iterator[tuple[date, tuple[Interval, ...]]]:
    """Yield each day from `first` to `last`, both included, with the intervals that start on it; () if closed.

    A day of combined hours has what is open between its midnights.
    """
    if hours.combined is None:
        for day, known in days_of(hours, first, last):
            yield day, known.opens
        return
    span = compiled(hours, first.year - 1, last.year + 1)
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        yield day, _between_midnights(hours, span, day)


def _between_midnights(hours: Hours, span: Span, day: date) -> tuple[Interval, ...]:
    zone = hours.tz
    since, until = (to_microseconds(instant_at(midnight(each), zone)) for each in (day, day + _DAY))
    found = []
    for index in range(max(bisect_right(span.starts, since) - 1, 0), len(span.starts)):
        start, end = max(span.starts[index], since), min(span.ends[index], until)
        if start >= until:
            break
        if start < end:
            opens = _minute(start, day, zone)
            found.append(Interval(opens, 24 * 60 if end == until else max(_minute(end, day, zone), opens + 1)))
    return tuple(found)


def _minute(moment: int, day: date, zone: ZoneInfo) -> int:
    wall = from_microseconds(moment, zone).replace(tzinfo=None)
    return (wall - midnight(day)) // timedelta(minutes=1)


@lru_cache(maxsize=1024)
def _edges(hours: Hours, year: int) -> Edges:
    """Return when the intervals that start in a local year open and close; some may touch or overlap."""
    zone = hours.tz
    found = []
    for day, known in days_of(hours, date(year, 1, 1), date(year, 12, 31)):
        begins = midnight(day)
        for interval in known.opens:
            start = to_microseconds(instant_at(begins + timedelta(minutes=interval.start), zone))
            end = to_microseconds(instant_at(begins + timedelta(minutes=interval.end), zone))
            found.append((start, end))
    return found


def _together(edges: Iterator[tuple[int, int]] | Edges) -> Edges:
    """Return intervals that are apart and not empty, from ones in the order of their days."""
    found: Edges = []
    for start, end in edges:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif start < end:
            found.append((start, end))
    return found


def _combined(combined: Combined, first: int, last: int, bounds: tuple[int, int]) -> Edges:
    """Return what is open within `bounds` of hours that are made of others."""
    spans = [compiled(each, max(first - 1, 1), last + 1) for each in combined.parts]
    parts = [_within(list(zip(each.starts, each.ends, strict=True)), bounds) for each in spans]
    match combined.how:
        case How.ANY_OF:
            return _together(sorted(each for part in parts for each in part))
        case How.ALL_OF:
            closed = _together(sorted(each for part in parts for each in _rest(part, bounds)))
            return _rest(closed, bounds)
        case How.REST_OF:
            return _rest(_together(sorted(each for part in parts for each in part)), bounds)


def _within(edges: Edges, bounds: tuple[int, int]) -> Edges:
    since, until = bounds
    return [(max(start, since), min(end, until)) for start, end in edges if start < until and end > since]


def _rest(edges: Edges, bounds: tuple[int, int]) -> Edges:
    """Return what lies between the intervals and to the bounds on both sides."""
    closes = [bounds[0], *(end for _, end in edges)]
    opens = [*(start for start, _ in edges), bounds[1]]
    return [(end, start) for end, start in zip(closes, opens, strict=True) if end < start]
