"""How a group is served: the goals that hold for it beside everybody's figures, and what serving it costs."""

from __future__ import annotations

from dataclasses import dataclass

from tantam.desk import reports
from tantam.desk.common import clock, spoken
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.costing import Served, cost_of
from tantam.desk.reports import Figures, GoalSeen, Stretch
from tantam.desk.web import figure_words
from tantam.desk.web.measure_rows import goal_row
from tantam.history.measures import Measured

OVER = "quarter"


@dataclass(frozen=True, slots=True)
class GoalHere:
    """A goal. here, everybody: the figure as read, with of how many; aim, target, state: as read."""

    aim: str
    measure: str
    here: str
    everybody: str
    target: str
    icon: str
    look: str
    state: str


@dataclass(frozen=True, slots=True)
class CostHere:
    """What serving some customers took, as read. each: by case; money is "–" where the plan names no costs."""

    is_everybody: bool
    cases: int
    hours: str
    granted: str
    cost: str
    each: str


def goals(plan: RunningPlan, group: str, lang: str) -> list[GoalHere]:
    """Return the goals that hold for a group, over a quarter; each is measured once for it and once for everybody."""
    figures, over = reports.figures(), reports.stretch(OVER, clock.now())
    return [_goal(each, figures, plan, over, lang) for each in reports.goals_of_group(figures, plan, over, group)]


def costs(plan: RunningPlan, group: str) -> list[CostHere]:
    """Return what serving the group took over a quarter, and beside it what serving everybody did; six queries."""
    over = reports.stretch(OVER, clock.now())
    return [_cost(plan, reports.served(plan, each, over), not each) for each in (group, "")]


def _goal(seen: GoalSeen, figures: Figures, plan: RunningPlan, over: Stretch, lang: str) -> GoalHere:
    row = goal_row(seen, plan, lang)
    definition = plan.definitions.get(seen.measure)
    part = reports.everybody(seen.part)
    whole = figures.measured(definition, over, part) if definition else None
    return GoalHere(
        row["aim"],
        row["name"],
        _figure(seen.found),
        _figure(whole),
        row["target"],
        row["icon"],
        row["look"],
        row["state"],
    )


def _figure(found: Measured | None) -> str:
    if found is None:
        return "–"
    return f"{figure_words.value(found.kind, found.value)} (n = {spoken.number(found.n)})"


def _cost(plan: RunningPlan, served: Served, is_everybody: bool) -> CostHere:
    found = cost_of(plan, served)
    return CostHere(
        is_everybody,
        served.cases,
        spoken.hours(served.seconds / 60),
        spoken.money(served.granted, plan.currency),
        spoken.money(found.minor, found.currency) if found else "–",
        spoken.money(round(found.minor / served.cases), found.currency) if found and served.cases else "–",
    )
