"""Take in the customer's word on a case: clocks run again, and a resolved case reopens with new promises."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.cases import promises, said
from tantam.desk.cases.act import Act, act_on
from tantam.desk.cases.actions.reopen import open_again
from tantam.desk.cases.models import Actor, Case, Message


def receive(
    case: Case, body: str, *, channel: str, submission: str | None = None, message_id: str | None = None
) -> Message:
    """Return the message; the same submission or mail again gives the same message.

    Raises Refused: says_nothing, too_long.
    """
    with transaction.atomic():
        act = act_on(case, Actor.CUSTOMER)
        earlier = said.already(act, submission) or _received(act, message_id)
        if earlier is not None:
            return earlier
        message = said.hear(act, body, channel=channel, submission=submission, message_id=message_id)
        match act.case.status:
            case Case.Status.WAITING:
                act.save(status=Case.Status.OPEN)
                promises.resume(act)
            case Case.Status.RESOLVED:
                open_again(act)
        return message


def _received(act: Act, message_id: str | None) -> Message | None:
    return act.case.messages.filter(message_id=message_id).first() if message_id else None
