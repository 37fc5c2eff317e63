"""Ask a policy without keeping anything."""

from __future__ import annotations

from collections.abc import Mapping

from tantam.desk.claims.deciding import decide
from tantam.desk.common import clock
from tantam.desk.customers.models import Customer, Purchase
from tantam.desk.plans import Answer, Fact


def answer_for(
    policy: str, facts: Mapping[str, Fact], *, purchase: Purchase | None = None, customer: Customer | None = None
) -> Answer:
    """Return what the policy answers to what is told and what is on record; what is on record counts.

    Raises UnknownName, BadFact, NoPlan.
    """
    return decide(policy, facts, customer=customer, purchase=purchase, now=clock.now()).answer
