"""Call a customer by the name that their network shows, while all we had was the id of their line."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.customers.models import Contact, Customer
from tantam.desk.customers.newcomers import kept_name


def learn_name(name: str, *, handle: str, network: str) -> int:
    """Return how many customers are called so now; whom anybody gave a name keeps it.

    handle: as it is kept; of network.
    """
    learned = kept_name(name)
    if not learned:
        return 0
    theirs = Contact.objects.filter(kind=Contact.Kind.HANDLE, network=network, value=handle)
    with transaction.atomic():
        nameless = Customer.objects.select_for_update(of=("self",)).filter(contacts__in=theirs, name=handle)
        found = list(nameless)
        for each in found:
            each.name = learned
            each.edition += 1
            each.save(update_fields=["name", "edition"])
    return len(found)
