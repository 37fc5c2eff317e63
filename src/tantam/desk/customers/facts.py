"""What the desk has on record about a customer and what they bought, by the path that a term's `from:` names."""

from __future__ import annotations

from datetime import datetime

from tantam.desk.customers.models import Customer, Purchase
from tantam.desk.plans import Fact


def facts_of(customer: Customer | None, purchase: Purchase | None, now: datetime) -> dict[str, Fact]:
    """Return {path: Fact}, each recorded. Paths: docs/reference/facts.md. What is unknown is left out."""
    raise NotImplementedError
