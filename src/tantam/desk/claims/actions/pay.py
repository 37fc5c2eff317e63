"""Note that a granted sum was paid out."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import promises
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Promise
from tantam.desk.claims import ledger
from tantam.desk.claims.models import Entry, Grant
from tantam.desk.common.errors import Refused


def pay(grant: Grant, person: Person) -> Grant:
    """Return the grant, whose money is paid; what was promised with it is kept. Paid twice is once.

    Above what the plan's lowest level may grant, four eyes see it: who granted it does not pay it.
    Raises Refused: not_owed, four_eyes, not_allowed.
    """
    with transaction.atomic():
        act = act_on(grant.case, Actor.PERSON, person)
        grant = Grant.objects.select_related("claim").get(pk=grant.pk)
        if ledger.is_booked(grant, Entry.Booking.PAID):
            return grant
        if not ledger.is_owed(grant):
            raise Refused("not_owed")
        if grant.person_id == person.pk and ledger.needs_another(grant, act.plan):
            raise Refused("four_eyes")
        ledger.book(act, grant, Entry.Booking.PAID)
        act.append(
            "paid",
            clause=grant.clause,
            claim=grant.claim_id,
            grant=grant.pk,
            kind=grant.kind,
            minor=grant.amount_minor,
            currency=grant.currency,
        )
        promises.fulfil(act, lambda each: _is_of(each, grant))
        return grant


def _is_of(promise: Promise, grant: Grant) -> bool:
    """Whether the promise is what the grant promised: its kind is the outcome's name."""
    return grant.claim is not None and (promise.kind, promise.clause) == (grant.claim.outcome, grant.clause)
