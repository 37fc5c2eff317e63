"""Counts open time for a column of cases at once, with the same spans and the same answers as open_time.

All intervals of a span begin and end on a grid (of an hour, of five minutes, …). So a table of the grid's cells answers
without any search: how much open time lies before a cell, and whether it is open; and back, which cell is the nth open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import gcd

import numpy as np
from numpy.typing import NDArray

from tantam.plan.calendars.hours import Hours
from tantam.plan.calendars.local_time import MICROSECONDS_A_MINUTE, from_microseconds, to_microseconds
from tantam.plan.calendars.open_time import add, compiled

Moments = NDArray[np.datetime64]
Minutes = NDArray[np.float64]
Counts = NDArray[np.int64]

_ROWS = 1 << 14  # worked on at a time, so that what lies between stays in the nearest cache
_MOST_CELLS = 1 << 23


def add_column(hours: Hours, starts: Moments, minutes: Minutes) -> Moments:
    """Return, for each case, what `open_time.add` returns.

    starts: datetime64, read as UTC; minutes: >= 0, of the same length or one number. Result: datetime64[us] in UTC.
    Raises NeverOpens as `add` does, ValueError for negative minutes or a missing moment.
    """
    moments, wanted = _microseconds(starts), _wanted(minutes, len(starts))
    due = np.empty(len(moments), dtype=np.int64)
    if not len(moments):
        return due.view("datetime64[us]")
    first, last = _years(moments)
    grid = _grid(hours, first - 1, last + 2)
    for part in _parts(len(moments)):
        target = grid.positions(moments[part]) + wanted[part]
        due[part] = grid.instants(target)
        outside = (target > grid.total) & (wanted[part] > 0)
        np.copyto(due[part], moments[part], where=wanted[part] == 0)
        # Few: what needs a wider span than the column's own years, or a look at how long it is closed.
        for row in np.flatnonzero(outside) + part.start:
            start = from_microseconds(int(moments[row]), hours.tz)
            due[row] = to_microseconds(add(hours, start, float(wanted[row]) / MICROSECONDS_A_MINUTE))
    return due.view("datetime64[us]")


def between_column(hours: Hours, firsts: Moments, lasts: Moments) -> Minutes:
    """Return, for each case, what `open_time.between` returns: open minutes, negative where `last` comes first."""
    begin, end = _microseconds(firsts), _microseconds(lasts)
    passed = np.empty(len(begin), dtype=np.float64)
    if not len(begin):
        return passed
    years = [*_years(begin), *_years(end)]
    grid = _grid(hours, min(years) - 1, max(years) + 1)
    for part in _parts(len(begin)):
        np.divide(grid.positions(end[part]) - grid.positions(begin[part]), MICROSECONDS_A_MINUTE, out=passed[part])
    return passed


@dataclass(frozen=True, slots=True)
class _Grid:
    """A span in cells of `step` microseconds from `origin` on. total: its open time; 0 if it may answer no case.

    cells: for each, the open microseconds before it, which are even, plus 1 if it is open. opens: of each open cell,
    when it begins.
    """

    origin: int
    step: int
    cells: Counts
    opens: Counts
    total: int

    def positions(self, moments: Counts) -> Counts:
        """Return the open microseconds of the span that have passed at each of `moments`."""
        after = moments - self.origin
        np.clip(after, 0, self.step * (len(self.cells) - 1), out=after)
        cell = after // self.step
        held = self.cells[cell]
        cell *= self.step
        after -= cell
        after &= -(held & 1)
        held &= -2
        after += held
        return after

    def instants(self, targets: Counts) -> Counts:
        """Return the earliest instants at which so many open microseconds have passed; of 1 up to `total`."""
        cell = (targets - 1) // self.step
        np.clip(cell, 0, len(self.opens) - 1, out=cell)
        found = self.opens[cell]
        found += targets
        cell *= self.step
        found -= cell
        return found


@dataclass(frozen=True, slots=True)
class _Searched:
    """The same of a span whose grid would be too fine: answered by bisection."""

    starts: Counts
    ends: Counts
    passed: Counts
    total: int

    def positions(self, moments: Counts) -> Counts:
        """Return the open microseconds of the span that have passed at each of `moments`."""
        index = np.searchsorted(self.starts, moments, side="right") - 1
        held = np.maximum(index, 0)
        inside = self.passed[held] + np.minimum(moments, self.ends[held]) - self.starts[held]
        return np.where(index < 0, 0, inside)

    def instants(self, targets: Counts) -> Counts:
        """Return the earliest instants at which so many open microseconds have passed; of 1 up to `total`."""
        index = np.maximum(np.searchsorted(self.passed, targets, side="left") - 1, 0)
        return self.starts[index] + targets - self.passed[index]


@lru_cache(maxsize=64)
def _grid(hours: Hours, first_year: int, last_year: int) -> _Grid | _Searched:
    span = compiled(hours, first_year, last_year)
    starts, ends = np.asarray(span.starts, dtype=np.int64), np.asarray(span.ends, dtype=np.int64)
    if not len(starts):
        return _Grid(0, 2, np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64), 0)
    total = span.total if span.steady else 0
    origin = int(starts[0])
    step = gcd(*(int(each) for each in np.unique(np.concatenate([starts, ends]) - origin)))
    count = int(ends[-1] - origin) // step
    if count > _MOST_CELLS or step % 2:
        return _Searched(starts, ends, np.asarray(span.passed, dtype=np.int64), total)
    changes = np.zeros(count + 1, dtype=np.int64)
    changes[(starts - origin) // step] += 1
    changes[(ends - origin) // step] -= 1
    is_open = np.cumsum(changes)
    before = np.concatenate([[0], np.cumsum(is_open)[:-1]]) * step
    opens = np.flatnonzero(is_open) * step + origin
    return _Grid(origin, step, before | is_open, opens, total)


def _parts(length: int) -> Iterator[slice]:
    for start in range(0, length, _ROWS):
        yield slice(start, min(start + _ROWS, length))


def _microseconds(moments: Moments) -> Counts:
    exact = np.asarray(moments).astype("datetime64[us]", copy=False).view(np.int64)
    if len(exact) and exact.min() == np.iinfo(np.int64).min:
        row = int(np.argmin(exact)) + 1
        raise ValueError(f"Row {row} has no moment; leave such cases out of the column.")
    return exact


def _wanted(minutes: Minutes, length: int) -> Counts:
    wanted = np.rint(np.asarray(minutes) * MICROSECONDS_A_MINUTE).astype(np.int64)
    if (wanted < 0).any():
        raise ValueError("Negative minutes cannot be added; give 0 or more.")
    return np.broadcast_to(wanted, (length,))


def _years(moments: Counts) -> tuple[int, int]:
    ends = np.asarray([moments.min(), moments.max()]).astype("datetime64[us]").astype("datetime64[Y]")
    first, last = ends.astype(np.int64) + 1970
    return int(first), int(last)
