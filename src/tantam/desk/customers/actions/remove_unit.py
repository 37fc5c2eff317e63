"""Note that a serial number is not that of a thing which this customer bought; the number itself stays known."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.customers.editing import hold, note
from tantam.desk.customers.models import Customer, Unit


def remove_unit(customer: Customer, by: Person, *, unit: int) -> None:
    """Take the thing from their purchase; one that is not of theirs stays as it is. Raises Refused("not_allowed")."""
    with transaction.atomic():
        held = hold(customer, by)
        theirs = Unit.objects.filter(pk=unit, purchase__customer=held)
        if theirs.update(purchase=None, handed_over_at=None):
            note(held, by, "unit_removed")
