"""Checks that a procedure waits for nothing that never happens."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.checks.described import NOTE, Check
from tantam.plan.checks.procedures.told import finding
from tantam.plan.errors import Finding, Severity
from tantam.plan.nearest import nearest
from tantam.plan.sections.events import EVENTS
from tantam.plan.sections.plan import Plan


def check_events(plan: Plan) -> Iterator[Finding]:
    """Yield P22 for a step that waits for an event that nobody sends. What is said in several words is left to people.

    The events that are like it come first.
    """
    for procedure in plan.procedures.values():
        for step in procedure.steps.values():
            waits = step.work.waits
            if waits is None or waits.span is not None or not waits.written.isidentifier() or waits.written in EVENTS:
                continue
            near = nearest(waits.written, EVENTS)
            allowed = ", ".join([*([near] if near else []), *(each for each in EVENTS if each != near)])
            args = {"event": waits.written[:60], "allowed": allowed}
            yield finding("P22", Severity.NOTE, procedure, step.work.name, **args)


CHECK = Check({"P22": NOTE}, check_events)
