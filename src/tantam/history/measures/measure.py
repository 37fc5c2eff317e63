"""One measure over a stretch of time: its value, how sure that is, what it was before, and week by week."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from tantam.history.measures.files import query
from tantam.history.measures.intervals import median_ranks, wilson

Rows = Callable[[str, Sequence[Any]], Sequence[Sequence[Any]]]

WEEK = timedelta(days=7)
NOW, BEFORE = 0, -1  # numbers of the two stretches; weeks count from 1


class Kind(StrEnum):
    """What a measure's value is: a share of 1, or minutes (a median)."""

    SHARE = "share"
    MINUTES = "minutes"


MEASURES = {
    "promises_kept": Kind.SHARE,
    "first_reply": Kind.MINUTES,
    "resolution": Kind.MINUTES,
    "reopened": Kind.SHARE,
}


class UnknownMeasure(LookupError):
    """A measure that has no SQL file here."""


@dataclass(frozen=True, slots=True)
class Week:
    """since: aware, its first instant. n: how many were counted. value: None where nothing was."""

    since: datetime
    n: int
    value: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """value: a share of 1 or minutes, None where nothing was counted. low, high: 95 % interval of it, or None.

    n: how many were counted, of which `hits` made the share (0 for minutes). before, before_n: the stretch of the
    same length just before. weeks: the last ones up to `until`, oldest first.
    """

    name: str
    kind: Kind
    n: int
    hits: int
    value: float | None
    low: float | None
    high: float | None
    before: float | None
    before_n: int
    weeks: tuple[Week, ...]


def measure(rows: Rows, name: str, since: datetime, until: datetime, *, weeks: int = 8) -> Measured:
    """Return measure `name` of what ended in [since, until), both aware. Raises UnknownMeasure, ValueError.

    weeks: how many whole weeks before `until` are shown, 0..60.
    """
    if name not in MEASURES:
        raise UnknownMeasure(f"No measure is called {name!r}; there are {', '.join(sorted(MEASURES))}.")
    if not since < until:
        raise ValueError(f"A stretch must begin before it ends; got {since} to {until}.")
    stretches = _stretches(since, until, weeks)
    found = {row[0]: row for row in rows(*query(name, stretches))}
    kind = MEASURES[name]
    value, n, hits = _read(kind, found.get(NOW))
    before, before_n, _ = _read(kind, found.get(BEFORE))
    low, high = _interval(rows, name, (since, until), n=n, hits=hits)
    return Measured(
        name=name,
        kind=kind,
        n=n,
        hits=hits,
        value=value,
        low=low,
        high=high,
        before=before,
        before_n=before_n,
        weeks=tuple(_week(kind, found.get(number), start) for number, start, _ in stretches if number > NOW),
    )


def _stretches(since: datetime, until: datetime, weeks: int) -> list[tuple[int, datetime, datetime]]:
    back = [(number, until - WEEK * (weeks - number + 1)) for number in range(1, weeks + 1)]
    return [
        (NOW, since, until),
        (BEFORE, since - (until - since), since),
        *((number, start, start + WEEK) for number, start in back),
    ]


def _read(kind: Kind, row: Sequence[Any] | None) -> tuple[float | None, int, int]:
    """Return (value, n, hits) of a row (number, n, figure)."""
    if row is None or not row[1]:
        return None, 0, 0
    n, figure = int(row[1]), row[2]
    match kind:
        case Kind.SHARE:
            return int(figure) / n, n, int(figure)
        case Kind.MINUTES:
            return float(figure), n, 0


def _week(kind: Kind, row: Sequence[Any] | None, start: datetime) -> Week:
    value, n, _ = _read(kind, row)
    return Week(start, n, value)


def _interval(
    rows: Rows, name: str, stretch: tuple[datetime, datetime], *, n: int, hits: int
) -> tuple[float | None, float | None]:
    match MEASURES[name]:
        case Kind.SHARE:
            return wilson(hits, n) if n else (None, None)
        case Kind.MINUTES:
            ranks = median_ranks(n)
            if ranks is None:
                return None, None
            found = rows(*query(f"{name}_ranked", [(NOW, *stretch)], *ranks))
            return float(found[0][0]), float(found[0][1])
