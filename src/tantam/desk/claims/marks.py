"""Marks a claim that a rule meets, so that a person looks at it; a mark never refuses anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk.cases.act import Act
from tantam.desk.claims.deciding import Decided
from tantam.desk.claims.models import Claim, Grant, Mark
from tantam.desk.claims.twice import granted_before, hold_purchase

BEFORE = "before"  # the same was granted over the same purchase; args: grant, case, reference, at
BY_RULE = "by."  # begins the name of a rule that stands in the plan; args: facts, {term: fact text}
MOST_RULE = 20
CHANGED = "changed"  # it was granted, and by facts known since the plan would answer otherwise; args: terms


def mark(act: Act, claim: Claim, decided: Decided) -> tuple[Mark, ...]:
    """Keep and return the marks of a claim that the plan would grant by itself now; marked again, it has them once."""
    if not decided.binding:
        return ()
    hold_purchase(act.case)
    found = granted_before(claim, decided)
    met = [_before(found)] if found else []
    met += [_by_rule(each) for each in decided.plan.marks(claim.policy, decided.facts, claim.decided_at)]
    return tuple(_kept(act, claim, each) for each in met)


def keep_mark(act: Act, claim: Claim, rule: str, clause: str, args: Mapping[str, Any]) -> Mark:
    """Keep and return the mark of a rule that another file knows; marked again, the claim has it once."""
    return _kept(act, claim, Mark(rule=rule, clause=clause, args=dict(args)))


def _by_rule(met: Any) -> Mark:
    """Return the mark of a rule that stands in the plan."""
    return Mark(rule=f"{BY_RULE}{met.name}"[:MOST_RULE], clause=met.clause, args={"facts": dict(met.facts)})


def _before(grant: Grant) -> Mark:
    told = {"grant": grant.pk, "case": grant.case_id, "reference": grant.case.reference}
    return Mark(rule=BEFORE, clause=grant.clause, args=told | {"at": grant.granted_at.isoformat()})


def _kept(act: Act, claim: Claim, found: Mark) -> Mark:
    fresh = {"clause": found.clause, "args": found.args, "at": act.now}
    kept, new = Mark.objects.get_or_create(claim=claim, rule=found.rule, defaults=fresh)
    if new:
        act.append("marked", clause=kept.clause, claim=claim.pk, policy=claim.policy, rule=kept.rule)
    return kept
