"""How each clause of the plan did: how often it was used, how its promises ended, and whether that is enough."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tantam.desk.plans import RunningPlan
from tantam.desk.reports.figures import Figures
from tantam.desk.reports.goals import least_kept
from tantam.desk.reports.stretches import Stretch
from tantam.history.measures import Kept, together

NONE = Kept(0, 0)


@dataclass(frozen=True, slots=True)
class ClauseFigures:
    """How often a clause was used, and how the promises it made ended. least: the share that the plan wants kept."""

    uses: int
    promises: Kept
    least: float | None = None

    @property
    def poor(self) -> bool:
        """Whether fewer were kept than the plan's goal for everybody wants."""
        share = self.promises.share
        return share is not None and self.least is not None and share < self.least


def clause_figures(figures: Figures, plan: RunningPlan, stretch: Stretch) -> dict[str, ClauseFigures]:
    """Return the figures by clause. plan: whose goal they are measured against."""
    uses, ends, least = figures.uses_by_clause(stretch), figures.kept_by_clause(stretch), least_kept(plan)
    return {each: ClauseFigures(uses.get(each, 0), ends.get(each, NONE), least) for each in {*uses, *ends}}


def sum_of(parts: Iterable[ClauseFigures]) -> ClauseFigures:
    """Return what several clauses did together."""
    known = list(parts)
    return ClauseFigures(sum(each.uses for each in known), together(each.promises for each in known))
