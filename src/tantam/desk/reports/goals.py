"""The plan's goals beside what was measured: reached, close or missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from tantam.desk.plans import Goal, RunningPlan
from tantam.desk.reports.figures import OURS, Figures
from tantam.desk.reports.stretches import Stretch
from tantam.history.measures import Measured, Part

State = Literal["reached", "close", "missed", "unknown"]
EVERYBODY = "all"  # as a plan may name every group, or every stage
CLOSE = 0.05  # as much of the target may be missing and the goal still counts as close


@dataclass(frozen=True, slots=True)
class GoalSeen:
    """A goal of the plan and where we stand. aim: by language. at: a share of 1 or minutes, None if not comparable.

    least: whether at least so much is wanted. written: the target in the plan's words. part: whose cases it counts.
    """

    name: str
    aim: Mapping[str, str]
    measure: str
    written: str
    date: str
    part: Part
    found: Measured | None
    at: float | None
    least: bool
    state: State


def goals_seen(figures: Figures, plan: RunningPlan, stretch: Stretch, part: Part = OURS) -> list[GoalSeen]:
    """Return the plan's goals in its order, each over the cases of its group and stage; of several, once for each.

    A measure that nobody counts yet is unknown. part: in which the goals' own cases are looked for.
    """
    return [_seen(figures, plan, goal, stretch=stretch, part=its) for goal in plan.goals() for its in parts(goal, part)]


def goals_of_group(figures: Figures, plan: RunningPlan, stretch: Stretch, group: str) -> list[GoalSeen]:
    """Return the goals that hold for a group, its own and everybody's, each over its cases, in the plan's order."""
    own = [(goal, its) for goal in plan.goals() for its in parts(goal, OURS) if its.group in ("", group)]
    narrowed = dict.fromkeys((goal.name, replace(its, group=group)) for goal, its in own)
    named = {goal.name: goal for goal, _its in own}
    return [_seen(figures, plan, named[name], stretch=stretch, part=its) for name, its in narrowed]


def everybody(part: Part) -> Part:
    """Return the same part of everybody's cases, whichever group they are in."""
    return replace(part, group="")


def parts(goal: Goal, part: Part) -> list[Part]:
    """Return whose cases a goal counts: one part for each of its groups at each of its stages."""
    groups, stages = ([_named(each) for each in names] or [""] for names in (goal.groups, goal.stages))
    return [replace(part, group=group, stage=stage) for group in groups for stage in stages]


def goal_for_all(plan: RunningPlan, measure: str) -> float | None:
    """Return what the plan's goal for everybody wants of a measure, None if it has no such goal."""
    for goal in plan.goals():
        if goal.measure == measure and OURS in parts(goal, OURS):
            return goal.bound.at if goal.bound else None
    return None


def least_kept(plan: RunningPlan) -> float | None:
    """Return the share of promises that the plan's goal for everybody wants kept, None if it has no such goal."""
    return goal_for_all(plan, "promises_kept")


def _named(name: str) -> str:
    return "" if name == EVERYBODY else name


def _seen(figures: Figures, plan: RunningPlan, goal: Goal, *, stretch: Stretch, part: Part) -> GoalSeen:
    definition = plan.definitions.get(goal.measure)
    found = figures.measured(definition, stretch, part) if definition else None
    at = goal.bound.at if goal.bound and definition else None
    least = bool(goal.bound and goal.bound.least)
    return GoalSeen(
        name=goal.name,
        aim=goal.aim,
        measure=goal.measure,
        written=goal.target,
        date=goal.date,
        part=part,
        found=found,
        at=at,
        least=least,
        state=state(found.value if found else None, at, least=least),
    )


def state(value: float | None, at: float | None, *, least: bool) -> State:
    """Return how a value stands to its goal. least: whether at least `at` is wanted, else at most."""
    if value is None or at is None:
        return "unknown"
    missing = (at - value) if least else (value - at)
    if missing <= 0:
        return "reached"
    return "close" if missing <= CLOSE * at else "missed"
