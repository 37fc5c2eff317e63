"""Withdraw a promise made by hand: the customer is told, with the reason; at the last moment it counts as late."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import invites, outbox, promises, said, vows
from tantam.desk.cases.given_word import act_on_promise
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Promise


def withdraw_promise(promise: Promise, person: Person, reason: str) -> Promise:
    """Return the promise, withdrawn; one whose time had passed stays broken.

    Raises Refused: needs_reason, promise_ended, not_by_hand, too_long, not_allowed.
    """
    with transaction.atomic():
        act, found = act_on_promise(promise, person)
        why = said.why(reason)
        promises.withdraw_by_hand(act, found)
        context = {"what": found.words, "before": found.due_at, "reason": why}
        message = outbox.post(act, letter("cases/letters/promise_withdrawn.txt", act.case, act.plan, context))
        if found.kind in vows.MEETINGS:
            invites.uninvite(act, found, message)
        return found
