"""Brings what we answer to the window that it is meant for; who went away without reading it gets it by mail.

It counts as delivered when it was read, for nobody knows what a window shows to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from tantam.desk import plans
from tantam.desk.cases import outbox
from tantam.desk.cases.act import Act
from tantam.desk.cases.carriers import Way
from tantam.desk.cases.models import Actor, Message
from tantam.desk.chats.access import is_here
from tantam.desk.chats.models import Visitor
from tantam.desk.common import clock, work
from tantam.desk.common.work import handles
from tantam.desk.plans.ways import CHAT

DELIVER = "deliver_by_chat"  # work whose payload is {"message": id, "visitor": id}
LOOK = "chat_unread"  # the same, looked at again
GRACE = timedelta(minutes=3)  # in which somebody who is at their window, or comes back, may read it
LONGEST = timedelta(minutes=15)  # unread so long, a window is open that nobody looks at


def address_of(visitor: Visitor) -> str:
    """Return what stands as the address of a message to this window."""
    return f"chat:{visitor.pk}"


def way_back(act: Act) -> Way | None:
    """Return how an answer gets to the window at which its case is written; None where no chat goes on."""
    if act.case.channel not in CHAT:
        return None
    theirs = Visitor.objects.filter(case__in=act.stands_for, case__customer=act.case.customer_id)
    visitor = theirs.filter(ended_at=None, mailed_at=None).order_by("-id").first()
    return Way(CHAT, address_of(visitor), DELIVER, {"visitor": visitor.pk}) if visitor else None


@handles(DELIVER)
def deliver_by_chat(payload: Mapping[str, Any]) -> None:
    """See after GRACE whether it was read; windows that are open show it at once."""
    _look_again(payload)


@handles(LOOK)
def look(payload: Mapping[str, Any]) -> None:
    """Send by mail what was not read by somebody who went away; without an address the case says so."""
    message = outbox.to_deliver(int(payload["message"]))
    visitor = Visitor.objects.filter(pk=payload["visitor"]).first()
    if message is None or visitor is None or message.sent_to != address_of(visitor):
        return
    now = clock.now()
    if visitor.is_open and is_here(visitor, now) and now < message.written_at + LONGEST:
        _look_again(payload)
    else:
        otherwise(message)


def otherwise(message: Message) -> None:
    """Send a message by mail that its window did not show; without an address the case says so, once."""
    now = clock.now()
    if outbox.by_mail(message, now):
        return
    with transaction.atomic():
        act = Act(message.case, now, plans.version(message.case.plan_version_id), Actor.PLAN)
        if not act.case.events.filter(code="chat_unread", args__message=message.pk).exists():
            act.append("chat_unread", message=message.pk)


def unread(visitor: Visitor) -> list[Message]:
    """Return what was said to this window and not read there, oldest first, with case and customer."""
    waiting = Message.objects.filter(case=visitor.case_id, sent_to=address_of(visitor), delivered_at=None)
    return list(waiting.select_related("case__customer").order_by("id"))


def _look_again(payload: Mapping[str, Any]) -> None:
    at = clock.now() + GRACE
    key = f"{LOOK}:{payload['message']}:{int(at.timestamp()) // int(GRACE.total_seconds())}"
    work.due(LOOK, key, dict(payload), at)
