"""Note where a customer wants to be reached."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.customers.contacts import contact_of
from tantam.desk.customers.editing import hold, note
from tantam.desk.customers.models import Contact, Customer


def prefer_contact(customer: Customer, by: Person, *, contact: int) -> Contact:
    """Return the contact that is preferred now; the one that was is not any more. Raises Refused."""
    with transaction.atomic():
        held = hold(customer, by)
        found = contact_of(held, contact)
        held.contacts.filter(preferred=True).exclude(pk=found.pk).update(preferred=False)
        found.preferred = True
        found.save(update_fields=["preferred"])
        note(held, by, "contact_preferred", [found.network or found.kind])
    return found
