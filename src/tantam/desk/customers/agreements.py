"""Which contracts count for a customer on a day, and what they promise of their own."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from tantam.desk.customers.models import Contract, ContractPromise, Customer, Membership, Purchase
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.contracts import Agreed


def in_force_on(day: date, contract: str = "") -> Q:
    """Return the condition that a contract counts on `day`; one that goes on by itself counts before that is noted.

    contract: the path to it from the rows that are asked, with `__` at its end.
    """
    lasts = (
        Q(**{f"{contract}ends": None}) | Q(**{f"{contract}ends__gte": day}) | Q(**{f"{contract}renews_months__gt": 0})
    )
    not_ended = Q(**{f"{contract}ended": None}) | Q(**{f"{contract}ended__gt": day})
    return Q(**{f"{contract}begins__lte": day}) & lasts & not_ended


def contracts_of(customer: Customer) -> QuerySet[Contract]:
    """Return the contracts with this customer, and with the organisations that they belong to."""
    return Contract.objects.filter(_with(customer))


def agreed_with(customer: Customer, purchase: Purchase | None, plan: RunningPlan, now: datetime) -> tuple[Agreed, ...]:
    """Return what the contracts of a customer promise at `now`; one query.

    A contract for certain products counts where what was bought is one of them. plan: whose zone the days are in.
    """
    if customer.internal or customer.pk is None:
        return ()
    day = now.astimezone(ZoneInfo(plan.timezone)).date()
    product = Q(contract__products=None)
    if purchase is not None:
        product |= Q(contract__products=purchase.product_id)
    found = ContractPromise.objects.filter(_with(customer, "contract__"), in_force_on(day, "contract__"), product)
    rows = found.order_by("pk").values_list("contract__number", "promise", "severity", "within")
    return tuple(Agreed(*row) for row in rows)


def _with(customer: Customer, contract: str = "") -> Q:
    theirs = Membership.objects.filter(person=customer.pk, left=None).values("organisation")
    return Q(**{f"{contract}customer": customer.pk}) | Q(**{f"{contract}customer__in": theirs})
