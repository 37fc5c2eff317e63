"""Let a chat go on by mail: nobody answers chats any more today, or one of us says so; the customer is told."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import outbox
from tantam.desk.cases.act import Act, act_on, refuse_if_merged
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Actor, Case
from tantam.desk.chats import copies
from tantam.desk.chats.access import visitor_in
from tantam.desk.chats.carrying import otherwise, unread
from tantam.desk.chats.models import Visitor
from tantam.desk.common.errors import Refused
from tantam.desk.customers.contacts import mail_of

CLOSED, CHOSEN = "closed", "chosen"  # why: the plan's hours ended, or a person chose it


def mail_on(case: Case, person: Person | None = None) -> Visitor:
    """Return the chat, going on by mail. person: who chose it, None for the plan.

    What was not read goes by mail now; who left no address is asked for one. Raises Refused: chat_over, is_merged,
    not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON if person else Actor.PLAN, person)
        refuse_if_merged(act)
        visitor = visitor_in(act.case)
        if visitor is None or not visitor.is_open:
            raise Refused("chat_over")
        why = CHOSEN if person else CLOSED
        left = unread(visitor)
        Visitor.objects.filter(case=act.case, mailed_at=None).update(mailed_at=act.now, mailed_why=why)
        visitor.mailed_at, visitor.mailed_why = act.now, why
        for each in left:
            otherwise(each)
        outbox.post(act, _words(act, why))
        act.append("chat_mailed", reason=why)
        copies.send_if_asked(act, visitor)
        return visitor


def _words(act: Act, why: str) -> str:
    context = {"why": why, "mail": mail_of(act.case.customer)}
    return letter("chats/letters/mailed.txt", act.case, act.plan, context)
