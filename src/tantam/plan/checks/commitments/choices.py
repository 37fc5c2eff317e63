"""Checks that what a customer may choose instead of an outcome is another, granted by the same, and says what it is."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.checks.described import ERROR, WARNING, Check, finding
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.clauses import Outcome, Policy
from tantam.plan.sections.plan import Plan

_WORDS = frozenset({"outcome", "else", "say", "law", "by", "to", "item", "action", "procedure", "remind", "at_most"})


def check_choices(plan: Plan) -> Iterator[Finding]:
    """Yield K113 for an outcome that stands under its own `or`, K114 where another level would grant what is chosen.

    K115 for what may be chosen and gives nothing: no time, no amount, no deed, in a policy whose rows write some.
    """
    for policy in plan.policies.values():
        for outcome in policy.outcomes.values():
            for name in outcome.instead:
                yield from _of_choice(plan, policy, outcome, policy.outcomes[name])


def _of_choice(plan: Plan, policy: Policy, outcome: Outcome, other: Outcome) -> Iterator[Finding]:
    clause = f"policies.{policy.name}.outcomes.{outcome.name}"
    args = {"policy": policy.name, "outcome": outcome.name, "other": other.name}
    if other is outcome:
        yield finding("K113", Severity.ERROR, outcome.place, clause, **args)
        return
    first, second = _level(policy, outcome), _level(policy, other)
    if first != second:
        yield finding("K114", Severity.ERROR, outcome.place, clause, **args, first=first, second=second)
    if _promises_more(policy) and not _gives(plan, other):
        yield finding("K115", Severity.WARNING, other.place, f"policies.{policy.name}.outcomes.{other.name}", **args)


def _level(policy: Policy, outcome: Outcome) -> str:
    """Return who grants an outcome: `plan`, or a level."""
    return outcome.by or _carried_by(outcome) or policy.granted_by


def _carried_by(outcome: Outcome) -> str:
    row = outcome.arguments.rows[0] if outcome.arguments and outcome.arguments.rows else None
    return row.outputs["by"].text if row and "by" in row.outputs else ""


def _promises_more(policy: Policy) -> bool:
    """Return whether the policy's rows write more than words."""
    return policy.decides is not None and any(each.name not in _WORDS for each in policy.decides.outputs)


def _gives(plan: Plan, outcome: Outcome) -> bool:
    """Return whether the outcome carries more than words, or is a deed."""
    action = plan.actions.get(outcome.name)
    carried = outcome.arguments.outputs if outcome.arguments else ()
    return bool(outcome.does or (action and action.does)) or any(each.name not in _WORDS for each in carried)


CHECK = Check({"K113": ERROR, "K114": ERROR, "K115": WARNING}, check_choices)
