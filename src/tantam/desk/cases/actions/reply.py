"""Answer the customer: keeps the promise of a first reply, and of an update."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import carriers, joined, keeping, outbox, said
from tantam.desk.cases.act import Act, act_on, refuse_if_merged
from tantam.desk.cases.actions.take import own_if_free
from tantam.desk.cases.models import Actor, Case, Message


def reply(
    case: Case, person: Person, body: str, *, handling_seconds: int | None = None, submission: str | None = None
) -> Message:
    """Return the message; the same submission again gives the same message. An unowned case becomes this person's.

    Customers of other cases that were joined to it read it, too. Raises Refused: says_nothing, too_long, is_merged,
    not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        if earlier := said.already(act, submission):
            return earlier
        refuse_if_merged(act)
        return answer(act, body, code="replied", handling_seconds=handling_seconds, submission=submission)


def answer(
    act: Act, body: str, *, code: str, handling_seconds: int | None = None, submission: str | None = None
) -> Message:
    """Write to the customer: the words, the event `code`, the owner if there was none, and what words keep.

    Words that quiet hours hold back keep it when they go out.
    """
    carriers.refuse_if_shut(act)
    message = outbox.post(act, body, submission=submission)
    act.append(code, message=message.pk, handling_seconds=handling_seconds)
    own_if_free(act)
    for each in joined.others(act):
        each.append(code, message=outbox.post(each, body).pk)
    keeping.keep_by(message, act)
    return message
