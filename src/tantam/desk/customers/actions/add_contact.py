"""Add a way to reach a customer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.customers.contacts import normal_handle, normal_mail, normal_phone
from tantam.desk.customers.editing import hold, note
from tantam.desk.customers.models import Contact, Customer

Kind = Contact.Kind


@dataclass(frozen=True, slots=True)
class Written:
    """A contact as somebody wrote it. kind: of Contact.Kind; network: of contacts.NETWORKS, for a handle."""

    kind: str
    value: str
    network: str = ""


def read_contact(written: Written) -> Contact:
    """Return the contact in its kept form, of nobody yet. Raises Refused."""
    text = written.value.replace("\x00", "").strip()
    match written.kind:
        case Kind.MAIL:
            kept, network = normal_mail(text), ""
        case Kind.PHONE:
            kept, network = normal_phone(text), ""
        case Kind.HANDLE:
            kept, network = normal_handle(text, written.network), written.network
        case _:
            raise Refused("unknown_value", got=written.kind[:40])
    if not kept:
        raise Refused(f"bad_{written.kind}", got=text[:60])
    return Contact(kind=written.kind, network=network, value=kept)


def add_contact(customer: Customer, by: Person, written: Written) -> Contact:
    """Return the new contact, not verified. Raises Refused."""
    made = read_contact(written)
    with transaction.atomic():
        held = hold(customer, by)
        if held.contacts.filter(kind=made.kind, network=made.network, value=made.value).exists():
            raise Refused("has_contact")
        made.customer = held
        made.save(force_insert=True)
        note(held, by, "contact_added", [made.network or made.kind])
    return made
