"""Find the customer who writes to us in a network, or take them on as they call themselves there."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.common.locks import one_at_a_time
from tantam.desk.customers.models import Contact, Customer
from tantam.desk.customers.newcomers import take_on
from tantam.desk.plans import RunningPlan


def welcome_by_handle(*, handle: str, network: str, name: str, language: str, plan: RunningPlan) -> Customer:
    """Return the customer with this handle, of several the first that we knew, or a new one.

    handle: as it is kept (`contacts.normal_handle`). It stands in for no mail address and no telephone number: who has
    one of the same number is somebody else until a colleague says otherwise. plan: in force.
    """
    with transaction.atomic():
        one_at_a_time(f"welcome:{network}:{handle}")
        theirs = Contact.objects.filter(kind=Contact.Kind.HANDLE, network=network, value=handle)
        known = Customer.objects.filter(contacts__in=theirs).order_by("pk").first()
        if known is not None:
            return known
        reached = Contact(kind=Contact.Kind.HANDLE, network=network, value=handle)
        return take_on(name=name, contacts=[reached], language=language, plan=plan)
