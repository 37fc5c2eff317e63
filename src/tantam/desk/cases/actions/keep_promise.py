"""Say that a promise made by hand was done: kept in time, or made good after all."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import promises, said
from tantam.desk.cases.given_word import act_on_promise
from tantam.desk.cases.models import Promise


def keep_promise(promise: Promise, person: Person, *, note: str = "") -> Promise:
    """Return the promise, kept. note: what came of it, for colleagues.

    Raises Refused: promise_ended, not_by_hand, too_long, not_allowed.
    """
    with transaction.atomic():
        act, found = act_on_promise(promise, person)
        if note.strip():
            said.note_down(act, note)
        promises.keep(act, found)
        return found
