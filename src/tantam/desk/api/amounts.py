"""Amounts as programs write them, in the currency of the plan."""

from __future__ import annotations

from tantam.desk import plans
from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money, read


def amount_of(written: str) -> Money | None:
    """Return an amount as it was written, None if none was. Raises Refused("bad_amount")."""
    if not written.strip():
        return None
    currency = plans.in_force().currency
    found = read(written, currency)
    if found is None or found.minor >= 1 << 63:
        raise Refused("bad_amount", currency=currency)
    return found
