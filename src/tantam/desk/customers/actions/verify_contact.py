"""Note that a contact is theirs, and how we know."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers.contacts import contact_of
from tantam.desk.customers.editing import hold, note
from tantam.desk.customers.models import Contact, Customer

WAYS = {
    "called": _("We reached them there"),
    "replied": _("They answered from there"),
    "shown": _("They showed it in person"),
    "purchase": _("It stands on a purchase of theirs"),
}


def verify_contact(customer: Customer, by: Person, *, contact: int, how: str) -> Contact:
    """Return the contact, verified now. how: of WAYS. Raises Refused."""
    if how not in WAYS:
        raise Refused("unknown_value", got=how[:40])
    with transaction.atomic():
        held = hold(customer, by)
        found = contact_of(held, contact)
        found.verified_at, found.verified_how, found.verified_by = clock.now(), how, by
        found.save(update_fields=["verified_at", "verified_how", "verified_by"])
        note(held, by, "contact_verified", [found.network or found.kind])
    return found
