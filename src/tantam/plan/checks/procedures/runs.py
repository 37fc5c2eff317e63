"""Checks that no procedure runs itself in the end."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.checks.described import ERROR, Check
from tantam.plan.checks.procedures.told import ARROW, finding
from tantam.plan.errors import Finding, Severity
from tantam.plan.procedures.calls import circles
from tantam.plan.sections.clauses_procedures import Run
from tantam.plan.sections.plan import Plan


def check_runs(plan: Plan) -> Iterator[Finding]:
    """Yield P14 for every circle of procedures that run each other."""
    for circle in circles(plan.procedures):
        procedure = plan.procedures[circle[0]]
        steps = (
            name for name, step in procedure.steps.items() if isinstance(step, Run) and step.procedure == circle[1]
        )
        yield finding("P14", Severity.ERROR, procedure, next(steps), way=ARROW.join(circle))


CHECK = Check({"P14": ERROR}, check_runs)
