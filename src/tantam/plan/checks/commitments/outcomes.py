"""Checks that every outcome a policy describes can be reached, and that what is reached has words for customers."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.checks.described import NOTE, WARNING, Check, finding, several
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.clauses import Policy
from tantam.plan.sections.plan import Plan

_USUAL = "decline"  # where a requirement leads that names nothing else
_ASK = "ask"


def check_outcomes(plan: Plan) -> Iterator[Finding]:
    """Yield K148 for outcomes that nothing leads to, K149 for outcomes without words beside some that have them."""
    for policy in plan.policies.values():
        if policy.decides is None:
            continue
        reached = _reached(plan, policy)
        if idle := [each for each in policy.outcomes.values() if each.name not in reached]:
            names = several(each.name for each in idle)
            clause = f"policies.{policy.name}.outcomes.{idle[0].name}"
            yield finding("K148", Severity.WARNING, idle[0].place, clause, policy=policy.name, outcomes=names)
        worded = {each.name for each in policy.outcomes.values() if any(each.label.values())} | set(plan.labels)
        silent = [name for name in reached if name not in worded and name not in (_USUAL, _ASK)]
        if any(any(each.label.values()) for each in policy.outcomes.values()) and silent:
            clause = f"policies.{policy.name}.outcomes"
            place = plan.place(clause)
            yield finding("K149", Severity.NOTE, place, clause, policy=policy.name, outcomes=several(silent))


def _reached(plan: Plan, policy: Policy) -> dict[str, None]:
    """Return what the rows lead to, what failing a requirement leads to, and what may be chosen instead; in order."""
    rows = policy.decides.rows if policy.decides else ()
    found = [row.outputs["outcome"].text for row in rows if "outcome" in row.outputs]
    found += required_outcomes(plan, policy)
    chosen = [name for each in found if each in policy.outcomes for name in policy.outcomes[each].instead]
    return dict.fromkeys([*found, *chosen])


def required_outcomes(plan: Plan, policy: Policy) -> list[str]:
    """Return what failing a requirement of the policy leads to."""
    must = policy.must.rows if policy.must else ()
    own = [row.outputs["else"].text if "else" in row.outputs else _USUAL for row in must]
    return [*own, *(plan.requirements[name].otherwise for name in policy.needs if name in plan.requirements)]


CHECK = Check({"K148": WARNING, "K149": NOTE}, check_outcomes)
