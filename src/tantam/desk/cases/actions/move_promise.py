"""Move a promise made by hand to another time: the customer is told, with the reason; a late change counts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import invites, outbox, promises, vows
from tantam.desk.cases.act import Act, act_on
from tantam.desk.cases.actions.promise import refuse_time
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Actor, Promise
from tantam.desk.cases.vows import Vow
from tantam.desk.common.errors import Refused


def move_promise(
    promise: Promise, person: Person, due: datetime, reason: str, *, ends: datetime | None = None
) -> Promise:
    """Return what is owed now: the same promise, or the one in place of a promise whose time had passed.

    ends: of an appointment or visit; None leaves it as long as it was.
    Raises Refused: needs_reason, promise_ended, not_by_hand, not_a_time, too_far, ends_before, not_allowed.
    """
    with transaction.atomic():
        act = act_on(promise.case, Actor.PERSON, person)
        found = changeable(act, promise)
        why = given(reason)
        if found.ends_at is not None and ends is None:
            ends = due + (found.ends_at - found.due_at)
        refuse_time(act, Vow(words=found.words, due=due, ends=ends))
        before, uid = found.due_at, invites.uid_of(act.case, found)
        moved = promises.move(act, found, due, ends)
        context = {"what": found.words, "before": before, "due": due, "ends": ends, "reason": why}
        message = outbox.post(act, letter("cases/letters/promise_moved.txt", act.case, act.plan, context))
        if moved.kind in vows.MEETINGS:
            act.append("invited", promise=moved.pk, uid=uid, message=message.pk, **promises.calendar_of(moved))
        return moved


def changeable(act: Act, promise: Promise) -> Promise:
    """Return the promise as it stands now. Raises Refused unless it was made by hand and is still to be kept."""
    found = act.case.promises.get(pk=promise.pk)
    if not found.by_hand:
        raise Refused("not_by_hand")
    broken = found.state == Promise.State.BROKEN and found.fulfilled_at is None
    if found.state != Promise.State.OWED and not broken:
        raise Refused("promise_ended")
    return found


def given(reason: str) -> str:
    """Return the reason without spaces around it. Raises Refused("needs_reason")."""
    if not (why := reason.replace("\x00", "").strip()):
        raise Refused("needs_reason")
    return why
