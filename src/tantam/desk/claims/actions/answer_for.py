"""Ask a policy without keeping anything."""

from __future__ import annotations

from collections.abc import Mapping

from tantam.desk.claims.deciding import decide
from tantam.desk.customers.models import Customer, Purchase
from tantam.desk.plans import Answer, Fact, RunningPlan


def answer_for(
    policy: str,
    facts: Mapping[str, Fact],
    *,
    plan: RunningPlan,
    purchase: Purchase | None = None,
    customer: Customer | None = None,
) -> Answer:
    """Return what the policy answers to what is told and what is on record; what is on record counts.

    plan: in force, by which the facts were read. Raises UnknownName, BadFact.
    """
    return decide(policy, facts, in_force=plan, customer=customer, purchase=purchase).answer
