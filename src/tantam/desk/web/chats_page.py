"""Chats as colleagues see them: who waits, whose are whose, what was said; each said already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse

from tantam.desk.accounts.access import colleagues
from tantam.desk.accounts.models import Person
from tantam.desk.cases.ledger import PromiseChip, chips, most_urgent
from tantam.desk.cases.models import Case, Message
from tantam.desk.chats import conversation
from tantam.desk.chats.access import chats_for, is_here, most_of
from tantam.desk.chats.conversation import Spoken
from tantam.desk.chats.models import Visitor
from tantam.desk.customers.address import called
from tantam.desk.files.listing import Listed, listed
from tantam.desk.plans import RunningPlan
from tantam.desk.web import case_words

MOST = 60  # chats of a list: what is owed first is on top


@dataclass(frozen=True, slots=True)
class ChatRow:
    """One chat in a list. chip: what to look at first, None if nothing is owed; what: in words. new: unread messages.

    here: whether a window of theirs is open.
    """

    case: Case
    customer: str
    chip: PromiseChip | None
    what: str
    new: int
    here: bool


@dataclass(frozen=True, slots=True)
class ChatList:
    """waiting: nobody has them; mine: the reader's; others: colleagues'. most: how many the reader takes at once.

    shown: how many chats are listed where there are more than that, else 0. One's own always are.
    """

    waiting: Sequence[ChatRow]
    mine: Sequence[ChatRow]
    others: Sequence[ChatRow]
    most: int
    shown: int = 0

    @property
    def full(self) -> bool:
        """Whether the reader has as many as they take."""
        return len(self.mine) >= self.most


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message as a colleague sees it. direction: as of a message; mark: whether the customer read it, or None."""

    said: Spoken
    direction: str
    who: str
    files: Sequence[Listed]
    mark: bool | None


def listed_for(person: Person, plan: RunningPlan, lang: str, now: datetime) -> ChatList:
    """Return the chats under way, what is owed first on top. Four queries, however many there are."""
    found: dict[int, Visitor] = {}
    first = chats_for(person).values("pk")[: MOST + 1]  # what is new is counted for these alone, and for one's own
    listed = chats_for(person).filter(Q(pk__in=first) | Q(case__owner=person))
    for each in listed.prefetch_related("case__promises").annotate(new=_new())[: 2 * MOST]:
        if each.case_id:
            found.setdefault(each.case_id, each)  # of several windows the newest
    rows = [(each, _row(each, plan, lang, now)) for each in found.values()]
    return ChatList(
        waiting=[row for visitor, row in rows if row.case.owner_id is None],
        mine=[row for visitor, row in rows if row.case.owner_id == person.pk],
        others=[row for visitor, row in rows if row.case.owner_id not in (None, person.pk)],
        most=most_of(person),
        shown=len(found) if len(found) > MOST else 0,
    )


def bubbles(visitor: Visitor, plan: RunningPlan, lang: str) -> list[Bubble]:
    """Return what was said, oldest first."""
    customer = called(visitor.case.customer, lang) or visitor.case.customer.shown if visitor.case else ""
    return [_bubble(each, customer) for each in conversation.spoken(visitor, plan.company(lang))]


def page_of(visitor: Visitor, person: Person, plan: RunningPlan, lang: str, now: datetime) -> dict[str, Any]:
    """Return what the page of one chat shows beside the list."""
    case = visitor.case
    assert case is not None
    said = bubbles(visitor, plan, lang)
    row = _row(visitor, plan, lang, now)
    return {
        "case": case,
        "customer": row.customer,
        "chip": row.chip,
        "what": row.what,
        "here": row.here,
        "stands": stands(visitor, row.here),
        "visitor": visitor,
        "said": said,
        "last": said[-1].said.id if said else 0,
        "going_on": visitor.is_open and case.is_under_way,
        "mail": visitor.mail,
        "others": [each for each in colleagues() if each.pk != case.owner_id],
        "mine": case.owner_id == person.pk,
    }


def stands(visitor: Visitor, here: bool) -> str:
    """Return what changes whenever the head of the chat's page does, or what may be done there."""
    assert visitor.case is not None
    return f"{here}-{visitor.is_open}-{visitor.case.status}-{visitor.case.owner_id}"


def mark_of_list(person: Person) -> str:
    """Return what changes whenever the list does; one query."""
    rows = chats_for(person).values_list(
        "case_id", "case__owner_id", "case__next_due_at", "case__last_at", "read_by_us"
    )
    return str(hash(tuple(rows[:MOST])))


def _new() -> Count:
    theirs = Q(case__messages__direction=Message.Direction.INCOMING, case__messages__id__gt=F("read_by_us"))
    return Count("case__messages", filter=theirs)


def _row(visitor: Visitor, plan: RunningPlan, lang: str, now: datetime) -> ChatRow:
    case = visitor.case
    assert case is not None
    urgent = most_urgent(chips(case, now))
    return ChatRow(
        case=case,
        customer=called(case.customer, lang) or case.customer.shown,
        chip=urgent,
        what=case_words.promise(plan, urgent.kind, urgent.clause) if urgent else "",
        new=getattr(visitor, "new", 0),
        here=is_here(visitor, now),
    )


def _bubble(said: Spoken, customer: str) -> Bubble:
    def href(what: str, pk: int) -> str:
        return reverse(f"web:{what}", args=[pk])

    theirs = said.whose == "you"
    return Bubble(
        said=said,
        direction="incoming" if theirs else "outgoing",
        who=customer if theirs else said.name,
        files=[listed(each.pk, each.name, each.blob, href) for each in said.files if each.blob],
        mark=None if theirs else said.read,
    )
