"""The whole conversation as a letter, for who asked for it; a stranger's words go to no address that nobody proved."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from tantam.desk.cases import outbox
from tantam.desk.cases.act import Act
from tantam.desk.cases.letters import in_words_of, letter
from tantam.desk.cases.models import Message
from tantam.desk.cases.said import MOST_CHARACTERS
from tantam.desk.chats.models import Visitor
from tantam.desk.customers.address import given_name
from tantam.desk.customers.contacts import mail_of

MOST = 500  # messages of a letter
LEFT = 2_000  # characters of a letter for what stands around the conversation
MISSED = timedelta(hours=24)  # in which what somebody could not read is sent after them, once they leave an address


def send_if_asked(act: Act, visitor: Visitor) -> Message | None:
    """Send the conversation by mail if they asked for it and have not got it; None where nothing is sent."""
    if visitor.copy_asked_at is None or visitor.copy_id or not mail_of(act.case.customer):
        return None
    context = {"conversation": _conversation(act)}
    message = outbox.post(act, letter("chats/letters/copy.txt", act.case, act.plan, context))
    if message.sent_to != mail_of(act.case.customer):
        outbox.by_mail(message, act.now)
    visitor.copy_id = message.pk
    visitor.save(update_fields=["copy_id"])
    return message


def said_without_address(visitor: Visitor, now: datetime) -> list[Message]:
    """Return what one of us said after the window closed, while no address was known."""
    since = visitor.mailed_at or visitor.ended_at
    if since is None:
        return []
    said = Message.objects.filter(case=visitor.case_id, direction=Message.Direction.OUTGOING, sent_to="")
    said = said.filter(author__isnull=False, written_at__gte=max(since, now - MISSED), pk__gt=visitor.read_id)
    return list(said.select_related("case__customer").order_by("id"))


def _conversation(act: Act) -> str:
    """Return what was said, a paragraph each; the customer's own words only where one of us answered them."""
    said = Message.objects.filter(case=act.case).exclude(direction=Message.Direction.NOTE).select_related("author")
    newest = list(said.order_by("-id")[:MOST])[::-1]
    answered = any(each.author_id for each in newest)
    shown = [each for each in newest if answered or each.direction == Message.Direction.OUTGOING]
    with in_words_of(act.case, act.plan) as lang:
        parts = [f"{timezone.localtime(each.written_at):%H:%M}  {_who(each, act, lang)}\n{each.body}" for each in shown]
    return "\n\n".join(_fitting(parts))


def _fitting(parts: list[str]) -> list[str]:
    """Return the newest of them, as many as a letter holds."""
    left, found = MOST_CHARACTERS - LEFT, []
    for each in reversed(parts):
        left -= len(each) + 2
        if left < 0:
            break
        found.append(each)
    return found[::-1]


def _who(message: Message, act: Act, lang: str) -> str:
    if message.direction == Message.Direction.INCOMING:
        return act.case.customer.name
    return given_name(message.author.name, message.author.language) if message.author else act.plan.company(lang)
