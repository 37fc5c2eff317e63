"""Take in the customer's word on a case: clocks run again, and a resolved case reopens with new promises."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.cases import joined, promises, said
from tantam.desk.cases.act import Act
from tantam.desk.cases.actions.reopen import open_again
from tantam.desk.cases.models import Actor, Case, Message


def receive(
    case: Case, body: str, *, channel: str, submission: str | None = None, message_id: str | None = None
) -> Message:
    """Return the message; the same submission or mail again gives the same message.

    Words to a joined case land on the one that stands for it. Raises Refused: says_nothing, too_long.
    """
    with transaction.atomic():
        act = joined.act_on_target(case, Actor.CUSTOMER)
        own = act.on(case.pk)
        earlier = said.already(own, submission) or said.already(act, submission) or _received(act, message_id)
        if earlier is not None:
            return earlier
        heard_by = act if own.case.customer_id == act.case.customer_id else own  # who else has a link sees no more
        message = said.hear(heard_by, body, channel=channel, submission=submission, message_id=message_id)
        if act.case.pk != case.pk:
            act.append("landed", message=message.pk, through=case.pk)
        match act.case.status:
            case Case.Status.WAITING:
                act.save(status=Case.Status.OPEN)
                promises.resume(act)
            case Case.Status.RESOLVED:
                open_again(act)
        return message


def _received(act: Act, message_id: str | None) -> Message | None:
    if not message_id:
        return None
    return Message.objects.filter(case__in=act.stands_for, message_id=message_id).first()
