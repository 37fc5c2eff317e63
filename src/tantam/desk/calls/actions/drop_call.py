"""Say that a call back is owed no longer: the number was wrong, or they need it no more."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.calls.claims import let_go
from tantam.desk.calls.ending import report
from tantam.desk.cases import promises
from tantam.desk.cases.models import Case, Promise
from tantam.desk.common.errors import Refused

DROPPED = ("wrong_number", "not_needed")


def drop_call(promise: Promise, person: Person, reason: str) -> Case:
    """Return the case, on which no call is owed any more. reason: of DROPPED. What else is owed on it stays owed.

    Raises Refused: unknown_reason, being_called, promise_ended, not_allowed.
    """
    if reason not in DROPPED:
        raise Refused("unknown_reason")
    with transaction.atomic():
        told = report(promise, person)
        told.act.append("call_dropped", promise=told.promise.pk, reason=reason)
        told.owe_no_longer(reason=reason)
        promises.note_next_due(told.act)
        let_go(told.callback)
        return told.act.case
