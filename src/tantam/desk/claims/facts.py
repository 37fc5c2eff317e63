"""What the desk has on record about claims before this one, by the path that a term's `from:` names.

A plan writes its marks with these: a row for who asks too often, or for a purchase over which much was granted, that
leaves the decision to a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from tantam.desk.cases.models import Case
from tantam.desk.claims.models import Claim, Grant
from tantam.desk.customers.models import Customer, Purchase
from tantam.desk.plans import Fact, RunningPlan, Standing

CLAIMS = {"customer.claims_last_90_days": timedelta(days=90), "customer.claims_last_year": timedelta(days=365)}
GRANTED = "purchase.granted"
PATHS = frozenset({*CLAIMS, GRANTED})


def facts_of(
    customer: Customer | None, purchase: Purchase | None, plan: RunningPlan, now: datetime, *, but: Case | None = None
) -> Mapping[str, Fact]:
    """Return {path: Fact} of those paths that the plan names: a query each, none for a plan that names none.

    but: the case of the claim itself, which is not counted. Who is unknown claimed nothing before.
    """
    asked = PATHS & plan.sources()
    found = {path: _claims(customer, but, now - since) for path, since in CLAIMS.items() if path in asked}
    if GRANTED in asked:
        found[GRANTED] = _granted(purchase, but)
    return {path: Fact(number, Standing.RECORDED) for path, number in found.items()}


def _claims(customer: Customer | None, but: Case | None, since: datetime) -> int:
    if customer is None or customer.pk is None:
        return 0
    theirs = Claim.objects.filter(case__customer=customer, decided_at__gt=since)
    return theirs.exclude(case=but).count() if but else theirs.count()


def _granted(purchase: Purchase | None, but: Case | None) -> int:
    if purchase is None:
        return 0
    standing = Grant.objects.filter(case__purchase=purchase, reversed_at=None)
    return standing.exclude(case=but).count() if but else standing.count()
