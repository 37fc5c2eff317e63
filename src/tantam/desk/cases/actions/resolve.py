"""Resolve a case: the customer is told, and what was owed is kept."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import joined, outbox, promises
from tantam.desk.cases.act import Act, act_on, refuse_if_changed, refuse_if_resolved
from tantam.desk.cases.actions.take import own_if_free
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Actor, Case, Message


def resolve(
    case: Case, person: Person, body: str = "", *, seen: int | None = None, handling_seconds: int | None = None
) -> Case:
    """Return the case, resolved. body: what the customer is told; "" sends the usual words.

    seen: the last event id that the person has read.
    Raises Refused: changed_meanwhile, already_resolved, too_long, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_resolved(act)
        refuse_if_changed(act, seen)
        tell_and_settle(act, body, handling_seconds=handling_seconds)
        return act.case


def tell_and_settle(
    act: Act, body: str, *, handling_seconds: int | None = None, submission: str | None = None
) -> Message:
    """Write the last words, the usual ones for "", and let the case be settled. Raises Refused: too_long."""
    message = outbox.post(act, _words(act, body), submission=submission)
    for each in joined.others(act):
        each.append("replied", message=outbox.post(each, _words(each, body)).pk)
    own_if_free(act)
    act.save(status=Case.Status.RESOLVED, resolved_at=act.now)
    act.append("resolved", message=message.pk, handling_seconds=handling_seconds)
    promises.fulfil(act, lambda promise: True)
    return message


def _words(act: Act, body: str) -> str:
    return body.strip() or letter("cases/letters/resolved.txt", act.case, act.plan, {})
