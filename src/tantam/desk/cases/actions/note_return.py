"""Note that a letter came back, or that its reader called it unwanted: told to who has the case, never answered."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, CaseEvent, Message
from tantam.desk.customers import reaching, stopping
from tantam.desk.customers.models import MOST_STATUS, Purpose

NO_SERVICE = (Purpose.SURVEY, Purpose.MARKETING)


def note_return(message: Message, *, lasting: bool, status: str = "") -> CaseEvent | None:
    """Return the event that the message did not arrive; None where that is known. The case stays as it is.

    lasting: the address will take no other mail either; it is marked. status: as in RFC 3463, "" if none was told.
    """
    with transaction.atomic():
        act = act_on(message.case, Actor.PLAN)
        if act.case.events.filter(code="bounced", args__message=message.pk).exists():
            return None
        if lasting:
            reaching.came_back(act.case.customer, message.sent_to, status, act.now)
        return act.append("bounced", message=message.pk, lasting=lasting, status=status[:MOST_STATUS])


def note_complaint(message: Message, *, kind: str = "") -> CaseEvent | None:
    """Return the event that the message was called unwanted; None where that is known.

    What is no service is sent to this customer no more. kind: as in RFC 5965, such as `abuse`.
    """
    with transaction.atomic():
        act = act_on(message.case, Actor.PLAN)
        if act.case.events.filter(code="complained", args__message=message.pk).exists():
            return None
        for each in NO_SERVICE:
            stopping.stop(act.case.customer, each, how="complaint")
        return act.append("complained", message=message.pk, kind=kind[:40])
