"""What the desk has on record about claims before this one, by the path that a term's `from:` names.

A plan writes its marks with these: a row for who asks too often, or for a purchase over which much was granted, that
leaves the decision to a person.
"""

from __future__ import annotations

from collections.abc import Mapping
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


def facts_of(
    customer: Customer | None,
    purchase: Purchase | None,
    plan: RunningPlan,
    now: datetime,
    *,
    but: Case | None = None,
    told: Mapping[str, Fact] | None = None,
) -> Mapping[str, Fact]:
    """Return {path: Fact} of those paths that the plan names: a query each, none for a plan that names none.

    but: the case of the claim itself, which is not counted. told: by term, what they told, a serial among it.
    Who is unknown claimed nothing before.
    """
    asked = PATHS & plan.sources()
    found: dict[str, int | str] = {
        path: _claims(customer, but, now - since) for path, since in CLAIMS.items() if path in asked
    }
    if GRANTED in asked:
        found[GRANTED] = _granted(purchase, but)
    if {SERIAL, OF_UNIT} & asked:
        found |= {path: value for path, value in _of_unit(purchase, plan, told or {}, but).items() if path in asked}
    return {path: Fact(value, Standing.RECORDED) for path, value in found.items()}


def _of_unit(
    purchase: Purchase | None, plan: RunningPlan, told: Mapping[str, Fact], but: Case | None
) -> dict[str, int | str]:
    """Return the serial that is on record, and how much was granted over that, or over the one that they told."""
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
