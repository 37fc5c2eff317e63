"""Withdraw a promise made by hand: the customer is told, with the reason; at the last moment it counts as late."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import invites, outbox, promises, vows
from tantam.desk.cases.act import act_on
from tantam.desk.cases.actions.move_promise import changeable, given
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Actor, Promise


def withdraw_promise(promise: Promise, person: Person, reason: str) -> Promise:
    """Return the promise, withdrawn; one whose time had passed stays broken.

    Raises Refused: needs_reason, promise_ended, not_by_hand, not_allowed.
    """
    with transaction.atomic():
        act = act_on(promise.case, Actor.PERSON, person)
        found = changeable(act, promise)
        why = given(reason)
        promises.withdraw_by_hand(act, found)
        context = {"what": found.words, "before": found.due_at, "reason": why}
        message = outbox.post(act, letter("cases/letters/promise_withdrawn.txt", act.case, act.plan, context))
        if found.kind in vows.MEETINGS:
            at = promises.calendar_of(found) | {"sequence": found.moved + 1, "uid": invites.uid_of(act.case, found)}
            act.append("uninvited", promise=found.pk, message=message.pk, **at)
        return found
