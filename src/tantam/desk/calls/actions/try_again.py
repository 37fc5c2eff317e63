"""Say that the customer was not reached: it was tried, and is promised again for another time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from tantam.desk.accounts.models import Person
from tantam.desk.calls.claims import let_go
from tantam.desk.calls.ending import Reported, report
from tantam.desk.calls.letters import call_again
from tantam.desk.calls.models import Callback
from tantam.desk.cases import outbox, promises
from tantam.desk.cases.actions.promise import refuse_time
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Promise
from tantam.desk.cases.vows import CALL, Vow
from tantam.desk.customers.contacts import mail_of
from tantam.desk.plans import calling


def try_again(promise: Promise, person: Person, again: datetime | None = None) -> Promise:
    """Return the promise to call again. again: by when; None as the plan says.

    What was to be kept until now is owed no longer if it was tried in time; else it stays broken. Who has a mail
    address is told. Raises Refused: not_a_time, too_far, being_called, promise_ended, not_allowed.
    """
    with transaction.atomic():
        told = report(promise, person)
        act = told.act
        due = again or calling.tried_again(act.plan, act.now)
        vow = Vow(words=told.promise.words or call_again(act.case.language), due=due, kind=CALL)
        refuse_time(act, vow)
        act.append("call_tried", promise=told.promise.pk, again=due.isoformat(), tries=told.callback.tries + 1)
        told.owe_no_longer(reason="not_reached")
        made = promises.make_by_hand(told.own, vow)
        promises.note_next_due(act)
        _carry_over(told, made)
        if mail_of(act.case.customer):
            outbox.post(act, letter("calls/letters/tried.txt", act.case, act.plan, {"tried": act.now, "again": due}))
        return made


def _carry_over(told: Reported, made: Promise) -> None:
    """Let the new promise be the one that this number is owed."""
    Callback.objects.filter(pk=told.callback.pk).update(promise=made, tries=F("tries") + 1, tried_at=told.act.now)
    told.callback.refresh_from_db()
    let_go(told.callback)
