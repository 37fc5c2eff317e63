"""Checks what goals leave out: groups and stages without one, targets that cannot be missed or reached, no data."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.checks.described import NOTE, WARNING, Check, finding, is_whole, several
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.bounds import Bound
from tantam.plan.sections.counted import COUNTED
from tantam.plan.sections.plan import Plan

_STAGES = ("before", "during", "after")
_ALL = "all"


def check_coverage(plan: Plan) -> Iterator[Finding]:
    """Yield K160 for stages and groups that no goal speaks of, K161 without any goal, K162 for measures without data.

    K163 for a target that nothing can reach, K164 for one that nothing can miss, K166 for goals without a date.
    """
    if not plan.goals:
        if is_whole(plan):
            yield finding("K161", Severity.NOTE, plan.place("company"), "goals")
        return
    yield from _holes(plan)
    yield from _without_data(plan)
    yield from _targets(plan)
    if undated := [each for each in plan.goals.values() if not each.date]:
        names = several(each.name for each in undated)
        yield finding("K166", Severity.NOTE, undated[0].place, f"goals.{undated[0].name}", goals=names)


def _holes(plan: Plan) -> Iterator[Finding]:
    """A goal that names no stage or group speaks of all."""
    covered = {
        (stage, group)
        for goal in plan.goals.values()
        for stage in (_STAGES if not goal.stages or _ALL in goal.stages else goal.stages)
        for group in (("", *plan.groups) if not goal.groups or _ALL in goal.groups else goal.groups)
    }
    holes = [(stage, group) for stage in _STAGES for group in ("", *plan.groups) if (stage, group) not in covered]
    if holes:
        named = several(f"{stage} × {group or '-'}" for stage, group in holes)
        shows = {"stage": holes[0][0], "group": holes[0][1] or "-"}
        yield finding("K160", Severity.NOTE, plan.place("goals"), "goals", holes=named, shows=shows)


def _without_data(plan: Plan) -> Iterator[Finding]:
    """Goals by measures that are not counted are told of by their goal."""
    judged = {each.measure for each in plan.goals.values()}
    asked = {question.kind for each in plan.surveys.values() for question in each.questions}
    asked |= {each.kind for each in plan.surveys.values()}
    for measure in plan.measures.values():
        if measure.of not in COUNTED and measure.name not in judged and measure.of not in asked:
            place, clause = measure.place, f"measures.{measure.name}"
            yield finding("K162", Severity.NOTE, place, clause, measure=measure.name)


def _targets(plan: Plan) -> Iterator[Finding]:
    for goal in plan.goals.values():
        if goal.bound is None:
            continue
        place, clause = plan.place(f"goals.{goal.name}.target"), f"goals.{goal.name}"
        args = {"goal": goal.name, "target": goal.target}
        if not any(goal.bound.holds(each) for each in _extremes(goal.bound)):
            yield finding("K163", Severity.WARNING, place, clause, **args)
        elif all(goal.bound.holds(each) for each in _extremes(goal.bound)):
            yield finding("K164", Severity.WARNING, place, clause, **args)


def _extremes(bound: Bound) -> tuple[float, float]:
    """Return the least and the most that a measure of this unit can come to; minutes have no end."""
    return (0.0, 1.0) if bound.unit == "share" else (0.0, float("inf"))


CHECK = Check(
    {"K160": NOTE, "K161": NOTE, "K162": NOTE, "K163": WARNING, "K164": WARNING, "K166": NOTE}, check_coverage
)
