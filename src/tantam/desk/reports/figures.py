"""The desk's figures: history/ asked over everything that this installation remembers up to one moment."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeVar

from tantam.desk.common import clock
from tantam.desk.reports.memory import this_minute
from tantam.desk.reports.reading import EVERY_IMPORT, damaged, opened
from tantam.desk.reports.stretches import Stretch
from tantam.history import measures
from tantam.history.events import DESK
from tantam.history.measures import Behind, Definition, Ended, Kept, Measured, Part, Slice, Which
from tantam.history.relations import Relations

T = TypeVar("T")
Order = Literal["worst", "newest"]
OURS = Part(source=DESK)  # what happened at this desk, without imported logs


@dataclass(frozen=True, slots=True)
class KindKept:
    """kept of total promises of one kind that ended."""

    kind: str
    kept: int
    total: int


@dataclass(frozen=True, slots=True)
class Listed:
    """Which counted things are listed, and how. only: 1 or 0, those that made the share or did not. most: how many."""

    part: Part = OURS
    only: int | None = None
    order: Order = "worst"
    most: int = 200


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened up to one moment, and what is counted of it. part, source: whose; by default this desk's.

    state: differs as soon as anything in the past does, its clocks too. lost: as in reading.Opened.
    """

    past: Relations
    state: Hashable
    lost: tuple[str, ...] = ()

    def measured(self, definition: Definition, stretch: Stretch, part: Part = OURS) -> Measured:
        """Return a measure over the stretch, with its weeks; counted anew when something happens or time goes on."""

        def count() -> Measured:
            return measures.measure(self.past, definition, _within(stretch), weeks=stretch.weeks, part=part)

        return self._once("measured", (definition, part), stretch, count)

    def require(self, source: str) -> None:
        """Raise Refused where figures of this source, "" for all, would lack an imported history that is damaged."""
        for each in self.lost:
            if source in ("", each) or (each == EVERY_IMPORT and source != DESK):
                raise damaged(each)

    def sliced(self, definition: Definition, stretch: Stretch, by: str, part: Part = OURS) -> list[Slice]:
        """Return the slices with the most counted. by: one of definition.slices. Raises ValueError."""
        return measures.sliced(self.past, definition, _within(stretch), by, part=part)

    def behind(self, definition: Definition, stretch: Stretch, listed: Listed) -> list[Behind]:
        """Return what was counted, at most `listed.most`."""
        which = measures.Listed(listed.part, listed.only, listed.order)
        return measures.behind(self.past, definition, _within(stretch), which, most=listed.most)

    def kept_by_kind(self, stretch: Stretch, source: str = DESK) -> list[KindKept]:
        """Return how the promises of each kind ended, the most frequent kind first. source: "" for all."""
        found = measures.kept_by_kind(self.past, *_within(stretch), source=source)
        rows = (KindKept(kind, each.kept, each.n) for kind, each in found.items())
        return sorted(rows, key=lambda each: (-each.total, each.kind))

    def uses_by_clause(self, stretch: Stretch) -> dict[str, int]:
        """Return how often each clause was used here."""
        return measures.uses_by_clause(self.past, *_within(stretch), source=DESK)

    def kept_by_clause(self, stretch: Stretch) -> dict[str, Kept]:
        """Return how the promises that each clause made here ended; customers see it, so it is counted as rarely."""

        def count() -> dict[str, Kept]:
            return measures.kept_by_clause(self.past, *_within(stretch), source=DESK)

        return self._once("kept_by_clause", (), stretch, count)

    def kept_in(self, spans: list[tuple[datetime, datetime]], source: str = DESK) -> list[Kept]:
        """Return how promises ended in each span: (its first instant, the next one's). source: "" for all."""
        return measures.kept_by_day(self.past, spans, source=source)

    def ended(self, within: tuple[datetime, datetime], which: Which) -> list[Ended]:
        """Return the newest ends of promises behind a figure, 200 at most."""
        return measures.ended_promises(self.past, within, which)

    def _once(self, what: str, of: Hashable, stretch: Stretch, make: Callable[[], T]) -> T:
        return this_minute(what, (self.state, of, stretch), min(clock.now(), stretch.until), make)


def figures() -> Figures:
    """Return the figures up to this moment; ask for them once a page."""
    found = opened()
    return Figures(found.past, found.state, found.lost)


def _within(stretch: Stretch) -> tuple[datetime, datetime]:
    return stretch.since, stretch.until
