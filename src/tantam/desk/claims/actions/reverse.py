"""Take back a grant that was a mistake, while its money is not paid."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import outbox, promises, said
from tantam.desk.cases.act import Act, act_on
from tantam.desk.cases.models import Actor, Promise
from tantam.desk.claims import ledger
from tantam.desk.claims.authority import AuthorityExceeded, authority
from tantam.desk.claims.late import ANEW
from tantam.desk.claims.models import Claim, Entry, Grant
from tantam.desk.common.errors import Refused


def reverse(grant: Grant, person: Person, reason: str) -> Grant:
    """Return the grant, taken back: booked the other way round, its promise withdrawn, its claim refused.

    reason: the customer reads it, and may dispute it. Taken back twice is once. Who may grant so much may take it back.
    Raises AuthorityExceeded; Refused: needs_reason, too_long, not_owed, not_allowed.
    """
    words = said.why(reason)
    with transaction.atomic():
        act = act_on(grant.case, Actor.PERSON, person)
        grant = Grant.objects.select_related("claim").get(pk=grant.pk)
        claim = grant.claim
        if grant.reversed_at is not None:
            return grant
        if claim is None or not ledger.is_owed(grant):
            raise Refused("not_owed")
        found = authority(claim, person.level, ledger.money_of(grant), act.plan)
        if not found.allowed:
            raise AuthorityExceeded(person.level, found, act.plan)
        _take_back(act, claim, grant)
        message = outbox.post(act, words)
        _tell(act, claim, grant, message.pk)
        return grant


def _take_back(act: Act, claim: Claim, grant: Grant) -> None:
    ledger.book(act, grant, Entry.Booking.REVERSED)
    grant.reversed_at = act.now
    grant.save(update_fields=["reversed_at"])
    claim.state = Claim.State.REFUSED
    claim.answer = {name: value for name, value in claim.answer.items() if name != ANEW}
    claim.save(update_fields=["state", "answer"])
    owed = act.case.promises.filter(kind=claim.outcome, clause=grant.clause, state=Promise.State.OWED)
    for each in owed:
        promises.give_up(act, each, reason="taken_back")
    promises.note_next_due(act)


def _tell(act: Act, claim: Claim, grant: Grant, message: int) -> None:
    act.append(
        "reversed",
        clause=grant.clause,
        claim=claim.pk,
        grant=grant.pk,
        policy=claim.policy,
        kind=grant.kind,
        minor=grant.amount_minor,
        currency=grant.currency,
        message=message,
    )
