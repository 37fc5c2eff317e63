"""Who is calling whom just now: a customer is called by one colleague at a time, who holds them for a few minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from tantam.desk.accounts.models import Person
from tantam.desk.calls.models import Callback
from tantam.desk.cases.models import Promise
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Contact

LEASE = timedelta(minutes=15)


def callback_of(promise: Promise) -> Callback:
    """Return what the telephone knows of a call back; of one that nobody called for, with the number to call.

    The caller is inside a transaction.
    """
    number = number_of(promise)
    return Callback.objects.select_for_update().get_or_create(promise=promise, defaults={"number": number})[0]


def number_of(promise: Promise) -> str:
    """Return the number to call its customer at: the preferred one, else the first; "" if there is none."""
    phones = [each for each in promise.case.customer.contacts.all() if each.kind == Contact.Kind.PHONE]
    chosen = min(phones, key=lambda each: (not each.preferred, each.pk), default=None)
    return chosen.value if chosen else ""


def refuse_if_called(callback: Callback, person: Person, now: datetime) -> None:
    """Raise Refused("being_called") while a colleague calls this customer or number."""
    same = Q(promise__case__customer=callback.promise.case.customer_id)
    if callback.number:
        same |= Q(number=callback.number)
    held = Callback.objects.filter(same, claimed_until__gt=now).exclude(claimed_by=person)
    if (other := held.select_related("claimed_by").first()) and other.claimed_by:
        raise Refused("being_called", name=other.claimed_by.name)


def let_go(callback: Callback) -> None:
    """Let others call."""
    callback.claimed_by, callback.claimed_until = None, None
    callback.save(update_fields=["claimed_by", "claimed_until"])
