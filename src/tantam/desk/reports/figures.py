"""The desk's figures: history/ asked over the desk's own events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tantam.desk.reports.rows import rows
from tantam.desk.reports.stretches import Stretch
from tantam.history import former as measures
from tantam.history.former import Ended, Kept, Measured, Part, Which


@dataclass(frozen=True, slots=True)
class KindKept:
    """kept of total promises of one kind that ended."""

    kind: str
    kept: int
    total: int


def measured(name: str, stretch: Stretch, weeks: int = 8, part: Part | None = None) -> Measured:
    """Return a measure over the stretch, of all cases or a part of them. Raises UnknownMeasure."""
    return measures.measure(rows, name, (stretch.since, stretch.until), weeks=weeks, part=part)


def kept_by_kind(stretch: Stretch) -> list[KindKept]:
    """Return how the promises of each kind ended, the most frequent kind first."""
    found = measures.kept_by_kind(rows, stretch.since, stretch.until)
    return sorted((KindKept(kind, each.kept, each.n) for kind, each in found.items()), key=lambda each: -each.total)


def uses_by_clause(stretch: Stretch) -> dict[str, int]:
    """Return how often each clause was used."""
    return measures.uses_by_clause(rows, stretch.since, stretch.until)


def kept_by_clause(stretch: Stretch) -> dict[str, Kept]:
    """Return how the promises that each clause made ended."""
    return measures.kept_by_clause(rows, stretch.since, stretch.until)


def days_kept(stretch: Stretch) -> list[Kept]:
    """Return how promises ended on each local day of the stretch."""
    return measures.kept_by_day(rows, stretch.bars())


def kept_between(since: datetime, until: datetime) -> Kept:
    """Return how promises ended in [since, until)."""
    return measures.kept_by_day(rows, [(since, until)])[0]


def ended(stretch: Stretch, which: Which, part: Part | None = None) -> list[Ended]:
    """Return the newest ends of promises behind a figure, of all cases or a part of them."""
    return measures.ended_promises(rows, (stretch.since, stretch.until), which, part=part)
