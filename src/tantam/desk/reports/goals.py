"""The plan's goals beside what was measured: reached, close or missed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tantam.desk.plans import RunningPlan
from tantam.desk.reports.figures import measured
from tantam.desk.reports.stretches import Stretch
from tantam.history.former import MEASURES, Kind, Measured, Part

State = Literal["reached", "close", "missed", "unknown"]
CLOSE = 0.05  # as much of the target may be missing and the goal still counts as close
MINUTES = {"min": 1, "h": 60, "hour": 60, "hours": 60, "day": 1440, "days": 1440}
_TARGET = re.compile(r"^\s*(>=|<=|>|<|)\s*([\d_.,]+)\s*(%|[a-z]+)?\s*$")


@dataclass(frozen=True, slots=True)
class Target:
    """at: a share of 1 or minutes. least: whether more is better."""

    at: float
    least: bool


@dataclass(frozen=True, slots=True)
class GoalSeen:
    """A goal of the plan and where we stand. aim: by language. target: None if it cannot be compared."""

    name: str
    aim: Mapping[str, str]
    measure: str
    written: str
    date: str
    groups: tuple[str, ...]
    stages: tuple[str, ...]
    found: Measured | None
    target: Target | None
    state: State


def goals_seen(plan: RunningPlan, stretch: Stretch, weeks: int = 8) -> list[GoalSeen]:
    """Return the plan's goals in its order, each over the cases of its group and stage.

    A measure that nobody counts yet is unknown. One or two queries a goal: plans have few.
    """
    return [_seen(each, stretch, weeks) for each in plan.goals()]


def _seen(goal: Any, stretch: Stretch, weeks: int) -> GoalSeen:
    kind = MEASURES.get(goal.measure)
    part = Part(stage=next(iter(goal.stages), ""), group=next(iter(goal.groups), ""))
    found = measured(goal.measure, stretch, weeks, part) if kind else None
    target = read_target(goal.target, kind)
    return GoalSeen(
        name=goal.name,
        aim=goal.aim,
        measure=goal.measure,
        written=goal.target,
        date=goal.date,
        groups=goal.groups,
        stages=goal.stages,
        found=found,
        target=target,
        state=_state(found, target),
    )


def read_target(written: str, kind: Kind | None) -> Target | None:
    """Return a target such as `>= 95 %` or `<= 4 h`, in the measure's own unit; None if it is of another."""
    said = _TARGET.match(written.replace("_", ""))
    if said is None or kind is None:
        return None
    comparison, amount, unit = said[1], float(said[2].replace(",", ".")), said[3] or ""
    match kind:
        case Kind.SHARE:
            if unit not in ("", "%"):
                return None
            return Target(amount / 100 if unit == "%" else amount, least=not comparison.startswith("<"))
        case Kind.MINUTES:
            if unit not in MINUTES:
                return None
            return Target(amount * MINUTES[unit], least=comparison.startswith(">"))


def least_kept(plan: RunningPlan) -> float | None:
    """Return the share of promises that the plan's goal for everybody wants kept, None if it has no such goal."""
    for goal in plan.goals():
        if goal.measure == "promises_kept" and not goal.groups and not goal.stages:
            target = read_target(goal.target, Kind.SHARE)
            return target.at if target and target.least else None
    return None


def _state(found: Measured | None, target: Target | None) -> State:
    if found is None or found.value is None or target is None:
        return "unknown"
    missing = (target.at - found.value) if target.least else (found.value - target.at)
    if missing <= 0:
        return "reached"
    return "close" if missing <= CLOSE * target.at else "missed"
