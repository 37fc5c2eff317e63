"""Forget a way to reach a customer."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.customers.contacts import contact_of
from tantam.desk.customers.editing import hold, note
from tantam.desk.customers.models import Customer


def remove_contact(customer: Customer, by: Person, *, contact: int) -> None:
    """Delete the contact. Raises Refused."""
    with transaction.atomic():
        held = hold(customer, by)
        found = contact_of(held, contact)
        note(held, by, "contact_removed", [found.network or found.kind])
        found.delete()
