"""Move a promise made by hand to another time: the customer is told, with the reason; a late change counts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import invites, outbox, promises, said, vows
from tantam.desk.cases.actions.promise import refuse_time
from tantam.desk.cases.given_word import act_on_promise
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Promise
from tantam.desk.cases.vows import Vow


def move_promise(
    promise: Promise, person: Person, due: datetime, reason: str, *, ends: datetime | None = None
) -> Promise:
    """Return what is owed now: the same promise, or the one in place of a promise whose time had passed.

    ends: of an appointment or visit; None leaves it as long as it was.
    Raises Refused: needs_reason, promise_ended, not_by_hand, not_a_time, too_far, ends_before, too_long,
    not_allowed.
    """
    with transaction.atomic():
        act, found = act_on_promise(promise, person)
        why = said.why(reason)
        refuse_time(act, Vow(words=found.words, due=due))  # no end can be counted for a time at the end of all time
        if found.ends_at is not None and ends is None:
            ends = due + (found.ends_at - found.due_at)
        refuse_time(act, Vow(words=found.words, due=due, ends=ends))
        before, uid = found.due_at, invites.uid_of(act.case, found)
        moved = promises.move(act, found, due, ends)
        context = {"what": found.words, "before": before, "due": due, "reason": why}
        message = outbox.post(act, letter("cases/letters/promise_moved.txt", act.case, act.plan, context))
        if moved.kind in vows.MEETINGS:
            invites.invite(act, moved, message, uid=uid)
        return moved
