"""Note that an address takes mail again, whatever came back from it."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.customers.contacts import contact_of
from tantam.desk.customers.editing import hold, note
from tantam.desk.customers.models import Contact, Customer


def reach_again(customer: Customer, by: Person, *, contact: int) -> Contact:
    """Return the contact without its mark. Raises Refused."""
    with transaction.atomic():
        held = hold(customer, by)
        found = contact_of(held, contact)
        found.bounced_at, found.bounced_why = None, ""
        found.save(update_fields=["bounced_at", "bounced_why"])
        note(held, by, "contact_reached", [found.network or found.kind])
    return found
