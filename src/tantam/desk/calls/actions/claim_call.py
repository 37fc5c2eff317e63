"""Take a customer to call: nobody else calls them meanwhile."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.calls.claims import LEASE, callback_of, refuse_if_called
from tantam.desk.calls.models import Callback
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Promise
from tantam.desk.cases.revealing import hides, reveal
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.locks import one_at_a_time


def claim_call(promise: Promise, person: Person) -> Callback:
    """Return the call back, held by the person for LEASE; whom else they held, they let go.

    Who serves a provider is shown their number with it, and that is noted on the case.

    Raises Refused: being_called, promise_ended, not_allowed.
    """
    if not works_here(person):
        raise Refused("not_allowed")
    with transaction.atomic():
        one_at_a_time("claim_call")
        now = clock.now()
        found = Promise.objects.select_related("case__customer").get(pk=promise.pk)
        if not found.still_to_keep:
            raise Refused("promise_ended")
        callback = callback_of(found)
        refuse_if_called(callback, person, now)
        Callback.objects.filter(claimed_by=person).update(claimed_by=None, claimed_until=None)
        callback.claimed_by, callback.claimed_until = person, now + LEASE
        callback.save(update_fields=["claimed_by", "claimed_until"])
        if hides(person):
            reveal(act_on(found.case, Actor.PERSON, person))
        return callback
