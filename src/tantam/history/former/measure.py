"""One measure over a stretch of time: its value, how sure that is, what it was before, and week by week."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from tantam.history.former.files import Part, Stretch, query
from tantam.history.former.intervals import median_ranks, wilson

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


def measure(
    rows: Rows, name: str, within: tuple[datetime, datetime], *, weeks: int = 8, part: Part | None = None
) -> Measured:
    """Return measure `name` of what ended in [since, until). Raises UnknownMeasure, ValueError.

    within: since and until, aware. weeks: how many whole weeks before `until` are shown, 0..60. part: None for all.
    """
    since, until = within
    if name not in MEASURES:
        raise UnknownMeasure(f"No measure is called {name!r}; there are {', '.join(sorted(MEASURES))}.")
    if not since < until:
        raise ValueError(f"A stretch must begin before it ends; got {since} to {until}.")
    stretches = _stretches(since, until, weeks)
    found = {row[0]: row for row in rows(*query(name, stretches, part=part))}
    kind = MEASURES[name]
    value, n, hits = _read(kind, found.get(NOW))
    before, before_n, _ = _read(kind, found.get(BEFORE))
    low, high = None, None
    if n:
        match kind:
            case Kind.SHARE:
                low, high = wilson(hits, n)
            case Kind.MINUTES:
                low, high = _between(rows, f"{name}_ranked", (NOW, since, until), median_ranks(n), part)
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


def _stretches(since: datetime, until: datetime, weeks: int) -> list[Stretch]:
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


def _between(
    rows: Rows, name: str, stretch: Stretch, ranks: tuple[int, int] | None, part: Part | None
) -> tuple[float | None, float | None]:
    """Return the values at two ranks; (None, None) where there are too few values to say."""
    if ranks is None:
        return None, None
    found = rows(*query(name, [stretch], *ranks, part=part))
    return float(found[0][0]), float(found[0][1])
