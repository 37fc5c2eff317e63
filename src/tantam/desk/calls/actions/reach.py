"""Say that the customer was reached: what was said stands on the case, and the call back is kept."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.calls.claims import let_go
from tantam.desk.calls.ending import report, spoken, written_down
from tantam.desk.cases import promises
from tantam.desk.cases.actions.take import own_if_free
from tantam.desk.cases.models import Message, Promise

NO_TIME = timedelta(0)


def reach(promise: Promise, person: Person, words: str, length: timedelta = NO_TIME) -> Message:
    """Return the message of what was said; the customer can read it. An unowned case becomes this person's.

    Raises Refused: says_nothing, too_long, being_called, promise_ended, not_allowed.
    """
    with transaction.atomic():
        told = report(promise, person)
        call = written_down(told.act, incoming=False, number=told.callback.number, length=length)
        message = spoken(told.act, words, call=call)
        own_if_free(told.act)
        promises.keep(told.own, told.promise)
        promises.fulfil(told.act, promises.kept_by_words)
        let_go(told.callback)
        return message
