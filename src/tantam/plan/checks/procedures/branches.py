"""Checks that a choice has a way for whatever may come: every outcome of its policy, every case of its conditions."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.checks.described import ERROR, WARNING, Check
from tantam.plan.checks.explored import explore
from tantam.plan.checks.procedures.told import finding, way_text
from tantam.plan.checks.space.search import OutOfSteps
from tantam.plan.checks.subjects import held_always
from tantam.plan.errors import Finding, Severity
from tantam.plan.procedures.soundness import verdict
from tantam.plan.sections.clauses_procedures import OTHERWISE, Choice, Procedure
from tantam.plan.sections.plan import Plan
from tantam.plan.sections.procedures_branches import names_in, outcomes
from tantam.plan.tables.table import Table

STEPS = 20_000


def check_branches(plan: Plan) -> Iterator[Finding]:
    """Yield P15 for an outcome without a way, P16 for a case without one, P19 for a branch that is never taken."""
    for procedure in plan.procedures.values():
        for name, step in procedure.steps.items():
            if not isinstance(step, Choice):
                continue
            if step.policy in plan.policies:
                yield from _outcomes(plan, procedure, step)
            elif step.table is not None:
                try:
                    yield from _conditions(plan, procedure, name, step.table)
                except OutOfSteps:
                    continue


def _outcomes(plan: Plan, procedure: Procedure, step: Choice) -> Iterator[Finding]:
    covered = {name for way in step.branches for name in names_in(way.when)}
    missing = [each for each in outcomes(plan, step.policy) if each not in covered]
    if OTHERWISE in covered or not missing:
        return
    name = step.work.name
    reached = verdict(procedure).reached.get(name)
    way = way_text(reached, name, f"({missing[0]})", "…") if reached else f"{name} → ({missing[0]}) → …"
    args = {"policy": step.policy, "outcomes": ", ".join(missing), "way": way}
    yield finding("P15", Severity.ERROR, procedure, name, **args)


def _conditions(plan: Plan, procedure: Procedure, name: str, table: Table) -> Iterator[Finding]:
    explored = explore(table, held_always(plan), plan.scope, STEPS)
    if explored.is_void():
        return
    for case in explored.gaps():
        yield finding("P16", Severity.ERROR, procedure, name, case=case.text or "-")
        break
    for row, _ in explored.impossible():
        yield finding("P19", Severity.WARNING, procedure, name, branch=_branch(table, row.index))
    for row, _ in explored.shadowed():
        yield finding("P19", Severity.WARNING, procedure, name, branch=_branch(table, row.index))


def _branch(table: Table, index: int) -> str:
    conditions = [each.text for each in table.rows[index - 1].conditions if each is not None]
    return ", ".join(conditions) or OTHERWISE


CHECK = Check({"P15": ERROR, "P16": ERROR, "P19": WARNING}, check_branches)
