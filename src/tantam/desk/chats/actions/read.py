"""Note what was read: by the visitor, which delivers it; by one of us; and that a window is open still."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Max

from tantam.desk.accounts.models import Person
from tantam.desk.cases import outbox
from tantam.desk.cases.models import Message
from tantam.desk.chats import hub
from tantam.desk.chats.access import SAID_AGAIN, chat_for
from tantam.desk.chats.carrying import address_of
from tantam.desk.chats.models import Visitor
from tantam.desk.common import clock

MOST_AT_ONCE = 200  # messages that are read together


def read(visitor: Visitor, upto: int) -> None:
    """Note that they read what we said, up to the message `upto`; an id from elsewhere counts for no more than ours."""
    ours = Message.objects.filter(case=visitor.case_id, direction=Message.Direction.OUTGOING, pk__lte=upto)
    newest = ours.aggregate(newest=Max("pk"))["newest"] or 0
    now = clock.now()
    if not Visitor.objects.filter(pk=visitor.pk, read_id__lt=newest).update(read_id=newest, seen_at=now):
        return
    waiting = Message.objects.filter(case=visitor.case_id, sent_to=address_of(visitor), delivered_at=None)
    for each in waiting.filter(pk__lte=newest).select_related("case").order_by("id")[:MOST_AT_ONCE]:
        outbox.delivered(each, now)
    if visitor.case_id:
        hub.tell(hub.of_case(visitor.case_id), hub.of_visitor(visitor.pk))


def read_by_us(case: int, person: Person, upto: int) -> None:
    """Note that this person read what the visitor wrote, up to the message `upto`. Raises Http404."""
    visitor = chat_for(person, case)
    theirs = Message.objects.filter(case=case, direction=Message.Direction.INCOMING, pk__lte=upto)
    newest = theirs.aggregate(newest=Max("pk"))["newest"] or 0
    if Visitor.objects.filter(pk=visitor.pk, read_by_us__lt=newest).update(read_by_us=newest):
        hub.tell(hub.of_case(case), hub.of_visitor(visitor.pk))


def all_still_here(visitors: Collection[int]) -> None:
    """Note that windows of these are open; one write."""
    if visitors:
        Visitor.objects.filter(pk__in=visitors).update(seen_at=clock.now())


def still_here(visitor: Visitor) -> None:
    """Note that a window of theirs is open; one write every SAID_AGAIN."""
    now = clock.now()
    rows = Visitor.objects.filter(pk=visitor.pk, seen_at__lte=now - SAID_AGAIN)
    if visitor.seen_at <= now - SAID_AGAIN and rows.update(seen_at=now):
        visitor.seen_at = now
