"""Keep the mail address that a customer leaves us themselves, to be answered there; it proves nothing."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers.contacts import normal_mail
from tantam.desk.customers.models import Change, Contact, Customer


def leave_mail(customer: Customer, mail: str) -> Contact:
    """Return the contact, not verified; one that they have already stays as it is. Raises Refused("bad_mail")."""
    kept = normal_mail(mail)
    if not kept:
        raise Refused("bad_mail", got=mail.replace("\x00", "").strip()[:60])
    with transaction.atomic():
        found, new = Contact.objects.get_or_create(customer=customer, kind=Contact.Kind.MAIL, network="", value=kept)
        if new:
            Change.objects.create(customer=customer, code="contact_added", what=["mail"], at=clock.now())
    return found
