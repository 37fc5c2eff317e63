"""How promises ended, by kind, by clause and by day; and how often each clause was used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tantam.history.former.files import Stretch, query
from tantam.history.former.measure import Rows

USES = ("opened", "promised", "answered")  # the events by which a clause is used


@dataclass(frozen=True, slots=True)
class Kept:
    """kept of n promises that ended, kept or broken."""

    n: int
    kept: int

    @property
    def share(self) -> float | None:
        """The share kept, None where none ended."""
        return self.kept / self.n if self.n else None

    @property
    def broken(self) -> int:
        """How many of them were not kept."""
        return self.n - self.kept


def together(parts: Iterable[Kept]) -> Kept:
    """Return the sum of the parts."""
    known = list(parts)
    return Kept(sum(each.n for each in known), sum(each.kept for each in known))


def kept_by_kind(rows: Rows, since: datetime, until: datetime) -> dict[str, Kept]:
    """Return how the promises of each kind ended in [since, until)."""
    return {kind: Kept(n, kept) for kind, n, kept in rows(*query("kept_by_kind", [(0, since, until)]))}


def kept_by_clause(rows: Rows, since: datetime, until: datetime) -> dict[str, Kept]:
    """Return how the promises made by each clause ended in [since, until)."""
    return {clause: Kept(n, kept) for clause, n, kept in rows(*query("kept_by_clause", [(0, since, until)]))}


def uses_by_clause(rows: Rows, since: datetime, until: datetime) -> dict[str, int]:
    """Return how often each clause decided, promised or placed something in [since, until)."""
    return dict(rows(*query("uses_by_clause", [(0, since, until)], *USES)))


def kept_by_day(rows: Rows, days: list[tuple[datetime, datetime]]) -> list[Kept]:
    """Return how promises ended on each day; a day is (its first instant, the next one's), aware."""
    stretches: list[Stretch] = [(number, *day) for number, day in enumerate(days)]
    found = {number: Kept(n, kept) for number, n, kept in rows(*query("promises_kept", stretches))}
    return [found.get(number, Kept(0, 0)) for number in range(len(days))]
