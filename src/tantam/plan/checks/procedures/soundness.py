"""Checks that a procedure can be gone through: nothing stuck, nothing twice, nothing for ever, nothing for nobody."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.checks.described import ERROR, NOTE, WARNING, Check
from tantam.plan.checks.procedures.told import finding, way_text
from tantam.plan.errors import Finding, Severity
from tantam.plan.nearest import listed, nearest
from tantam.plan.procedures.soundness import Verdict, verdict
from tantam.plan.sections.clauses_procedures import Choice, Parallel, Procedure, Way, ways
from tantam.plan.sections.plan import Plan
from tantam.plan.ways import way_back


def check_soundness(plan: Plan) -> Iterator[Finding]:
    """Yield P02 for a step that is not there, P09 to P13 for work that goes wrong, P17 where not all was looked at."""
    for procedure in plan.procedures.values():
        missing = list(_missing(procedure))
        yield from missing
        yield from _alone(procedure)
        said = verdict(procedure)
        yield from _stuck(procedure, said)
        yield from _twice_or_endless(procedure, said)
        for step in () if missing or said.stuck else said.never:
            yield finding("P09", Severity.WARNING, procedure, step)
        if not said.complete:
            yield finding("P17", Severity.NOTE, procedure, "", states=str(said.states))


def _missing(procedure: Procedure) -> Iterator[Finding]:
    for name, step in procedure.steps.items():
        limit = step.work.within
        late = [Way(limit.missed, step.work.place)] if limit and limit.missed else []
        meeting = [step.next] if isinstance(step, Parallel) else []
        for way in (*ways(step), *meeting, *late):
            if way.to and way.to not in procedure.steps:
                near = nearest(way.to, procedure.steps)
                args = {"to": way.to, "near": near, "allowed": listed(procedure.steps)}
                clause = f"procedures.{procedure.name}.steps.{name}"
                args |= {"procedure": procedure.name, "step": name}
                remedy = "P02_near_remedy" if near else "P02_remedy"
                yield Finding("P02", Severity.ERROR, way.place, clause, args, remedy=remedy)


def _alone(procedure: Procedure) -> Iterator[Finding]:
    """Yield P18 for a split into fewer than two ways."""
    for name, step in procedure.steps.items():
        if isinstance(step, Parallel) and len({way.to for way in step.branches}) < 2:
            yield finding("P18", Severity.WARNING, procedure, name)


def _stuck(procedure: Procedure, said: Verdict) -> Iterator[Finding]:
    if said.stuck is None:
        return
    at = said.stuck.standing[0]
    step = procedure.steps[at]
    if isinstance(step, Choice) and at in said.stuck.then:
        yield finding("P10", Severity.ERROR, procedure, at, way=way_text(said.stuck, at, "…"))
    else:
        meeting = step.next.to if isinstance(step, Parallel) else at
        yield finding("P11", Severity.ERROR, procedure, at, meeting=meeting, way=way_text(said.stuck, "…"))


def _twice_or_endless(procedure: Procedure, said: Verdict) -> Iterator[Finding]:
    if said.twice is not None:
        crowded = max(said.twice.then, key=said.twice.then.count)
        step = crowded.removesuffix("&")
        yield finding("P13", Severity.ERROR, procedure, step, way=way_text(said.twice, step))
    if said.endless is not None:
        at = said.endless.standing[0]
        circle = _circle(procedure, at)
        yield finding("P12", Severity.ERROR, procedure, at, way=way_text(said.endless, *circle))


def _circle(procedure: Procedure, start: str) -> tuple[str, ...]:
    """Return the shortest way from a step back to itself, or the step alone if it goes on elsewhere for ever."""
    steps = procedure.steps
    circle = way_back(start, lambda step: [way.to for way in ways(steps[step]) if way.to in steps])
    return circle or (start, "…")


CHECK = Check(
    {
        **dict.fromkeys(("P02", "P10", "P11", "P12", "P13"), ERROR),
        **dict.fromkeys(("P09", "P18"), WARNING),
        "P17": NOTE,
    },
    check_soundness,
)
