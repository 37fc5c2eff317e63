"""The desk's figures: history/ asked over the desk's own events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tantam.desk.common import clock
from tantam.desk.reports.rows import rows
from tantam.desk.reports.stretches import Stretch
from tantam.history import measures
from tantam.history.measures import Ended, Kept, Measured, Part, Which


@dataclass(frozen=True, slots=True)
class KindKept:
    """kept of total promises of one kind that ended."""

    kind: str
    kept: int
    total: int


@dataclass(frozen=True, slots=True)
class ClauseFigures:
    """How often a clause was used, and how the promises it made ended."""

    uses: int
    kept: int
    ended: int

    @property
    def share(self) -> float | None:
        """The share kept, None where no promise ended."""
        return self.kept / self.ended if self.ended else None


def measured(name: str, stretch: Stretch, weeks: int = 8, part: Part | None = None) -> Measured:
    """Return a measure over the stretch, of all cases or a part of them. Raises UnknownMeasure."""
    return measures.measure(rows, name, (stretch.since, stretch.until), weeks=weeks, part=part)


def kept_by_kind(since: datetime) -> list[KindKept]:
    """Return how the promises of each kind ended since then, the most frequent kind first."""
    found = measures.kept_by_kind(rows, since, clock.now())
    return sorted((KindKept(kind, each.kept, each.n) for kind, each in found.items()), key=lambda each: -each.total)


def kept_by_clause(since: datetime) -> dict[str, Kept]:
    """Return how the promises that each clause made ended since then."""
    return measures.kept_by_clause(rows, since, clock.now())


def days_kept(stretch: Stretch) -> list[Kept]:
    """Return how promises ended on each local day of the stretch."""
    return measures.kept_by_day(rows, stretch.days())


def clause_figures(stretch: Stretch) -> dict[str, ClauseFigures]:
    """Return, by clause, how often it was used and how well it was kept; two queries."""
    uses = measures.uses_by_clause(rows, stretch.since, stretch.until)
    ends = measures.kept_by_clause(rows, stretch.since, stretch.until)
    none = Kept(0, 0)
    return {
        clause: ClauseFigures(uses.get(clause, 0), ends.get(clause, none).kept, ends.get(clause, none).n)
        for clause in {*uses, *ends}
    }


def ended(stretch: Stretch, which: Which, part: Part | None = None) -> list[Ended]:
    """Return the newest ends of promises behind a figure, of all cases or a part of them."""
    return measures.ended_promises(rows, (stretch.since, stretch.until), which, part=part)
