"""Ask the customer for what is missing: their answer is waited for, and the clocks that may pause do."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import promises, said
from tantam.desk.cases.act import Act, act_on, refuse_if_resolved
from tantam.desk.cases.actions.reply import answer
from tantam.desk.cases.models import Actor, Case, Message


def ask_customer(
    case: Case, person: Person, body: str, *, handling_seconds: int | None = None, submission: str | None = None
) -> Message:
    """Return the question as a message. It is also a reply. The same submission again gives the same message.

    Raises Refused: says_nothing, too_long, already_resolved, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        if earlier := said.already(act, submission):
            return earlier
        return ask(act, body, handling_seconds=handling_seconds, submission=submission)


def ask(act: Act, body: str, *, handling_seconds: int | None = None, submission: str | None = None) -> Message:
    """Write the question, and let wait what may. Raises Refused: says_nothing, too_long, already_resolved."""
    refuse_if_resolved(act)
    act.save(status=Case.Status.WAITING)
    message = answer(act, body, code="asked", handling_seconds=handling_seconds, submission=submission)
    promises.pause(act)
    return message
