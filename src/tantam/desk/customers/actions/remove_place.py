"""Forget a postal address of a customer."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.customers.editing import hold, note
from tantam.desk.customers.models import Customer


def remove_place(customer: Customer, by: Person, *, place: int) -> None:
    """Delete the address; one that is gone already stays gone. Raises Refused("not_allowed")."""
    with transaction.atomic():
        held = hold(customer, by)
        if held.places.filter(pk=place).delete()[0]:
            note(held, by, "place_removed")
