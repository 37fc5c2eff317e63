"""Say that a promise made by hand was done: kept in time, or made good after all."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import promises, said
from tantam.desk.cases.act import act_on
from tantam.desk.cases.actions.move_promise import changeable
from tantam.desk.cases.models import Actor, Promise


def keep_promise(promise: Promise, person: Person, *, note: str = "") -> Promise:
    """Return the promise, kept. note: what came of it, for colleagues.

    Raises Refused: promise_ended, not_by_hand, too_long, not_allowed.
    """
    with transaction.atomic():
        act = act_on(promise.case, Actor.PERSON, person)
        found = changeable(act, promise)
        if note.strip():
            said.note_down(act, note)
        promises.keep(act, found)
        return found
