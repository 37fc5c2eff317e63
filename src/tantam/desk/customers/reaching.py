"""Whether an address takes mail: marked when ours came back for good, cleared when mail comes from it, or by hand."""

from __future__ import annotations

from datetime import datetime

from tantam.desk.customers.contacts import mail_contact, normal_mail
from tantam.desk.customers.models import MOST_STATUS, Contact, Customer


def came_back(customer: Customer, address: str, status: str, now: datetime) -> None:
    """Mark the customer's address; one that is marked keeps its day. status: as in RFC 3463, "" if none was told."""
    theirs = customer.contacts.filter(kind=Contact.Kind.MAIL, value=address.lower(), bounced_at=None)
    theirs.update(bounced_at=now, bounced_why=status[:MOST_STATUS])


def wrote(customer: Customer, address: str) -> None:
    """Clear the mark of an address from which the customer writes."""
    marked = customer.contacts.filter(kind=Contact.Kind.MAIL, value=normal_mail(address)).exclude(bounced_at=None)
    marked.update(bounced_at=None, bounced_why="")


def unreached_since(customer: Customer) -> datetime | None:
    """Return since when the address that we write to has taken no mail; None if it does, or if there is none."""
    written_to = mail_contact(customer)
    return written_to.bounced_at if written_to else None
