"""What serving customers costs by the plan: so much a case, so much an hour, and what was granted."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tantam.plan.sections import Plan
from tantam.plan.tables.values import Amount, rounded

CASE, HOUR = "case", "hour"  # what a clause of `costs` may be per, to be counted here
SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Served:
    """What was done for some customers. cases: how many; seconds: of work noted in them; granted: minor units."""

    cases: int
    seconds: int
    granted: int


def cost(plan: Plan, served: Served) -> Amount | None:
    """Return what it came to in the company's currency; None where the plan has no cost of a case or an hour.

    Of several clauses per case, or per hour, each counts. Amounts in another currency are left out.
    """
    rates = [
        (each.per, each.amount.minor)
        for each in plan.costs.values()
        if each.amount is not None and each.amount.currency == plan.currency and each.per in (CASE, HOUR)
    ]
    if not rates:
        return None
    a_case = sum(minor for per, minor in rates if per == CASE)
    an_hour = sum(minor for per, minor in rates if per == HOUR)
    worked = rounded(Fraction(an_hour * served.seconds, SECONDS))
    return Amount(a_case * served.cases + worked + served.granted, plan.currency)
