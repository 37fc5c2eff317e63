"""The visitor leaves a mail address: answers that they miss go there, and all of the conversation at its end."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Case
from tantam.desk.chats import copies
from tantam.desk.chats.carrying import otherwise
from tantam.desk.chats.models import Visitor
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers.actions import leave_mail
from tantam.desk.customers.contacts import normal_mail


def ask_copy(visitor: Visitor, mail: str) -> bool:
    """Keep the address; return whether the copy went out now, for the chat is over, or goes at its end.

    Raises Refused("bad_mail").
    """
    kept = normal_mail(mail)
    if not kept:
        raise Refused("bad_mail", got=mail.strip()[:60])
    with transaction.atomic():
        act = act_on(visitor.case, Actor.CUSTOMER) if visitor.case else None
        now = clock.now()
        visitor.mail, visitor.copy_asked_at, visitor.copy_id = kept, now, 0
        visitor.save(update_fields=["mail", "copy_asked_at", "copy_id"])
        if visitor.customer is not None:
            leave_mail(visitor.customer, kept)
        if act is None:
            return False
        for each in copies.said_without_address(visitor, act.now):
            otherwise(each)
        if visitor.is_open and act.case.status in Case.UNDER_WAY:
            return False
        return copies.send_if_asked(act, visitor) is not None
