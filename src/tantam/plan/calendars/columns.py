"""Counts open time for a column of cases at once, with the same spans and the same answers as open_time."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tantam.plan.calendars.hours import Hours
from tantam.plan.calendars.local_time import MICROSECONDS_A_MINUTE, from_microseconds, to_microseconds
from tantam.plan.calendars.open_time import add, compiled

Moments = NDArray[np.datetime64]
Minutes = NDArray[np.float64]


def add_column(hours: Hours, starts: Moments, minutes: Minutes) -> Moments:
    """Return, for each case, what `open_time.add` returns.

    starts: datetime64, read as UTC; minutes: >= 0, of the same length or one number. Result: datetime64[us] in UTC.
    Raises NeverOpens as `add` does, ValueError for negative minutes or a missing moment.
    """
    moments, wanted = _microseconds(starts), _wanted(minutes, len(starts))
    if not len(moments):
        return moments.astype("datetime64[us]")
    first, last = _years(moments)
    opens, closes, passed = _arrays(hours, first - 1, last + 2)
    target = _positions(opens, closes, passed, moments) + wanted
    index = np.searchsorted(passed, target, side="left") - 1
    held = np.clip(index, 0, max(len(opens) - 1, 0))
    if len(opens):
        due = opens[held] + target - passed[held]
        found = (index >= 0) & (due <= closes[held]) & (wanted > 0)
    else:
        due, found = moments.copy(), np.zeros(len(moments), dtype=np.bool_)
    due = np.where(wanted == 0, moments, due)
    # Few: what needs a wider span than the column's own years.
    for row in np.flatnonzero(~found & (wanted > 0)):
        start = from_microseconds(int(moments[row]), hours.tz)
        due[row] = to_microseconds(add(hours, start, float(wanted[row]) / MICROSECONDS_A_MINUTE))
    return due.astype("datetime64[us]")


def between_column(hours: Hours, firsts: Moments, lasts: Moments) -> Minutes:
    """Return, for each case, what `open_time.between` returns: open minutes, negative where `last` comes first."""
    begin, end = _microseconds(firsts), _microseconds(lasts)
    if not len(begin):
        return np.zeros(0)
    first, last = _years(np.concatenate([begin, end]))
    spans = _arrays(hours, first - 1, last + 1)
    passed = _positions(*spans, end) - _positions(*spans, begin)
    return np.asarray(passed / MICROSECONDS_A_MINUTE, dtype=np.float64)


@lru_cache(maxsize=64)
def _arrays(
    hours: Hours, first_year: int, last_year: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    span = compiled(hours, first_year, last_year)
    return (
        np.asarray(span.starts, dtype=np.int64),
        np.asarray(span.ends, dtype=np.int64),
        np.asarray(span.passed, dtype=np.int64),
    )


def _positions(
    opens: NDArray[np.int64], closes: NDArray[np.int64], passed: NDArray[np.int64], moments: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the open microseconds of the span that have passed at each of `moments`."""
    if not len(opens):
        return np.zeros(len(moments), dtype=np.int64)
    index = np.searchsorted(opens, moments, side="right") - 1
    held = np.maximum(index, 0)
    inside = passed[held] + np.minimum(moments, closes[held]) - opens[held]
    return np.where(index < 0, 0, inside)


def _microseconds(moments: Moments) -> NDArray[np.int64]:
    if np.isnat(moments).any():
        row = int(np.flatnonzero(np.isnat(moments))[0]) + 1
        raise ValueError(f"Row {row} has no moment; leave such cases out of the column.")
    return moments.astype("datetime64[us]").astype(np.int64)


def _wanted(minutes: Minutes, length: int) -> NDArray[np.int64]:
    wanted = np.broadcast_to(np.rint(np.asarray(minutes) * MICROSECONDS_A_MINUTE), (length,)).astype(np.int64)
    if (wanted < 0).any():
        raise ValueError("Negative minutes cannot be added; give 0 or more.")
    return wanted


def _years(moments: NDArray[np.int64]) -> tuple[int, int]:
    ends = np.asarray([moments.min(), moments.max()]).astype("datetime64[us]").astype("datetime64[Y]")
    first, last = ends.astype(np.int64) + 1970
    return int(first), int(last)
