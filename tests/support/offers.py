"""Quotes as tests make them, and where an enquiry stands."""

from __future__ import annotations

from typing import Any

from tantam.desk.cases.models import Case
from tantam.desk.common.money import Money
from tantam.desk.customers.models import Product
from tantam.desk.sales.models import Enquiry
from tantam.desk.sales.quoting import Line, Offer


def offer(machine: Product | None = None, *, price: int = 8_990_000, **more: Any) -> Offer:
    """Return two machines at this price each, and their installation. more: of Offer."""
    lines = (Line("Máy giặt 9 kg", 2, Money(price, "VND"), machine), Line("Lắp đặt", 1, Money(150_000, "VND")))
    return Offer(lines, **more)


def standing(case: Case) -> tuple[str, str]:
    """Return the state of the case's enquiry, and why it was lost."""
    found = Enquiry.objects.get(case=case)
    return found.state, found.reason
