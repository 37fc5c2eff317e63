"""Checks that a procedure leaves no more time than its policy promises."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.checks.described import NOTE, WARNING, Check
from tantam.plan.checks.procedures.told import finding
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.clauses_procedures import Choice, Procedure
from tantam.plan.sections.plan import Plan
from tantam.plan.sections.procedures_branches import names_in
from tantam.plan.tables.nodes import Literal
from tantam.plan.tables.values import Span


def check_times(plan: Plan) -> Iterator[Finding]:
    """Yield P20 for a step that may take longer than the policy promises for the outcome that leads to it.

    P21 for one that waits longer than it may take.
    """
    for procedure in plan.procedures.values():
        for step in procedure.steps.values():
            limit, waits = step.work.within, step.work.waits
            if limit and waits and limit.span and waits.span and _longer(waits.span, limit.span):
                args = {"within": limit.written, "wait": waits.written}
                yield finding("P21", Severity.WARNING, procedure, step.work.name, **args)
            if isinstance(step, Choice) and step.policy in plan.policies:
                yield from _promised(plan, procedure, step)


def _promised(plan: Plan, procedure: Procedure, choice: Choice) -> Iterator[Finding]:
    """Only the step that an outcome leads to is compared: what comes after it may be more than was promised."""
    promised = _times(plan, choice.policy)
    told = set()
    for way in choice.branches:
        step = procedure.steps.get(way.to)
        limit = step.work.within if step else None
        for name in names_in(way.when) if limit else ():
            span = promised.get(name)
            if span and not span.is_zero and limit and _longer(limit.span, span) and way.to not in told:
                told.add(way.to)
                args = {"within": limit.written, "promised": str(span), "policy": choice.policy, "when": name}
                yield finding("P20", Severity.NOTE, procedure, way.to, **args)


def _times(plan: Plan, policy: str) -> dict[str, Span]:
    """Return the longest time that a policy promises for each outcome; of times in several units, the first one's."""
    table = plan.policies[policy].decides
    found: dict[str, Span] = {}
    for row in table.rows if table else ():
        within, outcome = row.outputs.get("within"), row.outputs.get("outcome")
        span = within.expr.value if within and isinstance(within.expr, Literal) else None
        if outcome and isinstance(span, Span):
            known = found.get(outcome.text, span)
            found[outcome.text] = span if _longer(span, known) else known
    return found


def _longer(one: Span | None, other: Span) -> bool:
    """Return whether one time is surely longer; times of different kinds (hours, working days) do not compare."""
    return one is not None and one.family is other.family and one.key > other.key


CHECK = Check({"P20": NOTE, "P21": WARNING}, check_times)
