"""What the desk has on record about a customer and what they bought, by the path that a term's `from:` names."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tantam.desk.common.money import Money
from tantam.desk.customers.models import Customer, Purchase
from tantam.desk.plans import Fact, Standing

YEAR = timedelta(days=365)
PATHS = frozenset(
    f"customer.{each}"
    for each in (
        *("kind", "language", "timezone", "internal", "department", "organisation", "since", "birth_year", "age"),
        *("lives_alone", "purchases", "purchases_last_year", "spent", "spent_last_year", "last_purchase"),
    )
)


def facts_of(customer: Customer | None, purchase: Purchase | None, now: datetime) -> dict[str, Fact]:
    """Return {path: Fact}, each recorded. Paths: docs/reference/facts.md. What is unknown is left out.

    Two queries at most: none for `purchases` that are prefetched, none for who belongs to no organisation.
    """
    known = _of_customer(customer, now) if customer else {}
    if purchase is not None:
        known |= _of_purchase(purchase)
    return {path: Fact(value, Standing.RECORDED) for path, value in known.items() if value not in ("", None)}


def _of_customer(customer: Customer, now: datetime) -> dict[str, Any]:
    bought = list(customer.purchases.all()) if customer.pk else []
    lately = [each for each in bought if each.ordered_at > now - YEAR]
    return {
        "customer.kind": "private" if customer.kind == Customer.Kind.PERSON else customer.kind,
        "customer.language": customer.language,
        "customer.timezone": customer.timezone,
        "customer.internal": customer.internal,
        "customer.department": customer.department,
        "customer.organisation": customer.organisation.name if customer.organisation else None,
        "customer.since": customer.since,
        "customer.birth_year": customer.birth_year,
        "customer.age": now.year - customer.birth_year if customer.birth_year else None,
        "customer.lives_alone": customer.lives_alone,
        "customer.purchases": len(bought),
        "customer.spent": _spent(bought),
        "customer.purchases_last_year": len(lately),
        "customer.spent_last_year": _spent(lately),
        "customer.last_purchase": max((each.ordered_at for each in bought), default=None),
    }


def _of_purchase(purchase: Purchase) -> dict[str, Any]:
    price = Money(purchase.price_minor, purchase.currency).text()
    return {
        "purchase.number": purchase.number,
        "purchase.ordered": purchase.ordered_at,
        "purchase.handed_over": purchase.handed_over_at,
        "purchase.status": "handed_over" if purchase.handed_over_at else None,
        "purchase.price": price,
        "purchase.paid": price,
        "product.sku": purchase.product.sku,
        "product.kind": purchase.product.line,
    }


def _spent(bought: list[Purchase]) -> str | None:
    """Return the sum in the currency of their latest purchase; None if there is none."""
    if not bought:
        return None
    currency = max(bought, key=lambda each: each.ordered_at).currency
    return Money(sum(each.price_minor for each in bought if each.currency == currency), currency).text()
