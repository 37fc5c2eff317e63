"""The plan's goals beside what was measured: reached, close or missed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tantam.desk.plans import RunningPlan
from tantam.desk.reports.figures import measured
from tantam.desk.reports.stretches import Stretch
from tantam.history.measures import MEASURES, Kind, Measured

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
    """A goal of the plan and where we stand. target: None if it cannot be compared with what is measured."""

    name: str
    measure: str
    written: str
    date: str
    groups: tuple[str, ...]
    stages: tuple[str, ...]
    found: Measured | None
    target: Target | None
    state: State


def goals_seen(plan: RunningPlan, stretch: Stretch, weeks: int = 8) -> list[GoalSeen]:
    """Return the plan's goals in its order; each measure is asked once. A measure nobody counts yet is unknown."""
    goals = plan.plan.goals.values()
    counted = {each.measure for each in goals if each.measure in MEASURES}
    found = {name: measured(name, stretch, weeks) for name in sorted(counted)}
    return [
        GoalSeen(
            name=each.name,
            measure=each.measure,
            written=each.target,
            date=each.date,
            groups=each.groups,
            stages=each.stages,
            found=found.get(each.measure),
            target=(target := read_target(each.target, MEASURES.get(each.measure))),
            state=_state(found.get(each.measure), target),
        )
        for each in goals
    ]


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


def _state(found: Measured | None, target: Target | None) -> State:
    if found is None or found.value is None or target is None:
        return "unknown"
    missing = (target.at - found.value) if target.least else (found.value - target.at)
    if missing <= 0:
        return "reached"
    return "close" if missing <= CLOSE * target.at else "missed"
