"""How promises ended, by kind, by clause and by day; and how often each clause was used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tantam.history.measures.answers import Within
from tantam.history.measures.texts import asked, naive, text
from tantam.history.relations import Relations

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


def kept_by_kind(past: Relations, since: datetime, until: datetime, *, source: str = "") -> dict[str, Kept]:
    """Return how the promises of each kind ended in [since, until). source: "" for all, as everywhere here."""
    return {kind: Kept(n, kept) for kind, n, kept in _rows(past, "kept_by_kind", (since, until), source)}


def kept_by_clause(past: Relations, since: datetime, until: datetime, *, source: str = "") -> dict[str, Kept]:
    """Return how the promises made by each clause ended in [since, until)."""
    return {clause: Kept(n, kept) for clause, n, kept in _rows(past, "kept_by_clause", (since, until), source)}


def uses_by_clause(past: Relations, since: datetime, until: datetime, *, source: str = "") -> dict[str, int]:
    """Return how often each clause decided, promised or placed something in [since, until)."""
    return {row[0]: row[1] for row in _rows(past, "uses_by_clause", (since, until), source)}


def kept_by_day(past: Relations, days: Sequence[Within], *, source: str = "") -> list[Kept]:
    """Return how promises ended on each day; a day is (its first instant, the next one's), aware."""
    if not days:
        return []
    values = {
        "numbers": list(range(len(days))),
        "sinces": [naive(since) for since, _ in days],
        "untils": [naive(until) for _, until in days],
        "first": min(naive(since) for since, _ in days),
        "last": max(naive(until) for _, until in days),
        "source": source,
    }
    rows = past.rows(text("kept_by_day"), values)
    found = {number: Kept(n, kept) for number, n, kept in rows}
    return [found.get(number, Kept(0, 0)) for number in range(len(days))]


def _rows(past: Relations, name: str, within: Within, source: str) -> Sequence[Sequence[Any]]:
    values = {"since": naive(within[0]), "until": naive(within[1]), "uses": list(USES), "source": source}
    return past.rows(text(name), asked(text(name), values))
