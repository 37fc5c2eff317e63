"""Private links that somebody lost: asked for by a contact, told to nobody but the mail address that answers go to.

Asking is the same work whether or not somebody is known by the contact, so that nothing tells who is a customer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from tantam.desk.cases.models import Case
from tantam.desk.common import clock, work
from tantam.desk.customers.contacts import mail_of, normal
from tantam.desk.customers.models import Customer

SEND = "send_links"  # work whose payload is {"contact": as it is kept, "key": of its mails}; the mail channel does it
ONCE_IN_SECONDS = 60  # pressed again sooner, nothing more is sent
MOST_CUSTOMERS = 5
MOST_CASES = 10


def ask(contact: str) -> None:
    """Ask that whoever is reached by a contact gets their links by mail. contact: as it was written."""
    found, now = normal(contact), clock.now()
    if found is None:
        return
    kind, value = found
    key = sha256(f"{kind}:{value}:{int(now.timestamp()) // ONCE_IN_SECONDS}".encode()).hexdigest()[:32]
    work.due(SEND, f"{SEND}:{key}", {"contact": value, "key": key}, now)


def cases_to_tell(contact: str) -> Mapping[Customer, Sequence[Case]]:
    """Return who has this contact and reads mail, each with their newest cases; one joined to another is left out.

    contact: as it is kept. One case more than MOST_CASES if there are more.
    """
    known = Customer.objects.filter(contacts__value=contact).distinct().order_by("pk")
    told: dict[Customer, Sequence[Case]] = {}
    for customer in known.prefetch_related("contacts")[:MOST_CUSTOMERS]:
        cases = customer.cases.exclude(status=Case.Status.MERGED).order_by("-id")[: MOST_CASES + 1]
        if mail_of(customer) and cases:
            told[customer] = tuple(cases)
    return told
