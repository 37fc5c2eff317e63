"""Write a note that only colleagues read."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import said
from tantam.desk.cases.act import act_on, refuse_if_merged
from tantam.desk.cases.models import Actor, Case, Message


def add_note(
    case: Case, person: Person, body: str, *, handling_seconds: int | None = None, submission: str | None = None
) -> Message:
    """Return the note; the same submission again gives the same note.

    Raises Refused: says_nothing, too_long, is_merged, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        if earlier := said.already(act, submission):
            return earlier
        refuse_if_merged(act)
        return said.note_down(act, body, handling_seconds=handling_seconds, submission=submission)
