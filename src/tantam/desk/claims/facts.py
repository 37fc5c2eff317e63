"""What the desk has on record about claims before this one, by the path that a term's `from:` names.

A plan writes its marks with these: a row for who asks too often, or for a purchase over which much was granted, that
leaves the decision to a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from tantam.desk.cases.models import Case
from tantam.desk.claims.models import Claim, Grant
from tantam.desk.customers import serials
from tantam.desk.customers.models import Customer, Purchase
from tantam.desk.plans import Fact, RunningPlan, Standing

CLAIMS = {"customer.claims_last_90_days": timedelta(days=90), "customer.claims_last_year": timedelta(days=365)}
GRANTED = "purchase.granted"
SERIAL, OF_UNIT = "unit.serial", "unit.granted"
PATHS = frozenset({*CLAIMS, GRANTED, SERIAL, OF_UNIT})


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a claim is about: whose it is and over which purchase, None while unknown.

    told: by term, what they told, a serial among it. but: the case of the claim itself, which is not counted.
    """

    customer: Customer | None
    purchase: Purchase | None
    told: Mapping[str, Fact] = field(default_factory=dict)
    but: Case | None = None


def facts_of(claimed: Claimed, plan: RunningPlan, now: datetime) -> Mapping[str, Fact]:
    """Return {path: Fact} of those paths that the plan names: a query each, none for a plan that names none.

    Who is unknown claimed nothing before.
    """
    customer, purchase, but = claimed.customer, claimed.purchase, claimed.but
    asked = PATHS & plan.sources()
    found: dict[str, int | str] = {
        path: _claims(customer, but, now - since) for path, since in CLAIMS.items() if path in asked
    }
    if GRANTED in asked:
        found[GRANTED] = _granted(purchase, but)
    if {SERIAL, OF_UNIT} & asked:
        found |= {path: value for path, value in _of_unit(claimed, plan).items() if path in asked}
    return {path: Fact(value, Standing.RECORDED) for path, value in found.items()}


def _of_unit(claimed: Claimed, plan: RunningPlan) -> dict[str, int | str]:
    """Return the serial that is on record, and how much was granted over that, or over the one that they told."""
    purchase, told, but = claimed.purchase, claimed.told, claimed.but
    units = list(purchase.units.values_list("serial", flat=True)[:2]) if purchase else []
    recorded = units[0] if len(units) == 1 else ""
    terms = plan.terms_from(SERIAL)
    serial = recorded or next((serials.kept(str(told[each].value)) for each in terms if each in told), "")
    if not serial:
        return {}
    of_claims = Q(case__purchase__units__serial=serial)
    for term in terms:
        of_claims |= Q(**{f"claim__facts__{term}__value": serial})
    standing = Grant.objects.filter(of_claims, reversed_at=None)
    found: dict[str, int | str] = {OF_UNIT: (standing.exclude(case=but) if but else standing).distinct().count()}
    return found | ({SERIAL: recorded} if recorded else {})


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
