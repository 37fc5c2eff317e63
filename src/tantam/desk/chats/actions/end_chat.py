"""The visitor ends the chat: what they have not read goes by mail. The case goes on as the plan says."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.cases import joined
from tantam.desk.cases.models import Actor
from tantam.desk.chats import copies
from tantam.desk.chats.carrying import otherwise, unread
from tantam.desk.chats.models import Visitor
from tantam.desk.common import clock


def end_chat(visitor: Visitor) -> None:
    """End it; a second time changes nothing."""
    with transaction.atomic():
        act = joined.act_on_target(visitor.case, Actor.CUSTOMER) if visitor.case else None
        now = clock.now()
        left = unread(visitor) if act else []
        if not Visitor.objects.filter(pk=visitor.pk, ended_at=None).update(ended_at=now):
            return
        visitor.ended_at = now
        if act is None or visitor.case is None:
            return
        for each in left:
            otherwise(each)
        act.append("chat_ended")
        copies.send_if_asked(act.on(visitor.case.pk), visitor)
