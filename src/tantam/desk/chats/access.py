"""Who reaches which chat: a colleague those of the cases that they see; a visitor's token opens their own alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Count, F, QuerySet
from django.http import Http404

from tantam.desk.accounts.models import Person
from tantam.desk.cases.access import cases_for
from tantam.desk.cases.models import Case
from tantam.desk.chats import tokens
from tantam.desk.chats.models import AT_ONCE, Seat, Visitor
from tantam.desk.plans.ways import CHAT

FORGOTTEN = timedelta(days=30)  # without a request; a browser of that long ago is nobody's any more
GONE = timedelta(seconds=75)  # since a window was last known to be open: one that is open says so every 30
SAID_AGAIN = timedelta(seconds=20)


def visitor_by_token(token: str, now: datetime) -> Visitor | None:
    """Return whose token it is, with case and customer; None for a wrong one, and for one of long ago."""
    visitor = tokens.visitor_of(token)
    return visitor if visitor and visitor.seen_at > now - FORGOTTEN else None


def is_here(visitor: Visitor, now: datetime) -> bool:
    """Whether a window of theirs is open."""
    return visitor.seen_at > now - GONE


def visitor_in(case: Case) -> Visitor | None:
    """Return who writes in the case by chat, the newest of several windows; None for a case without a chat."""
    related = Visitor.objects.filter(case=case).select_related("case__customer", "case__owner", "customer")
    return related.order_by("-id").first()


def chats_for(person: Person) -> QuerySet[Visitor]:
    """Return the chats under way of cases that this person sees, by what is owed first."""
    going_on = Visitor.objects.filter(ended_at=None, mailed_at=None, case__status__in=Case.UNDER_WAY)
    seen = going_on.filter(case__in=cases_for(person)).select_related("case__customer", "case__owner")
    return seen.order_by(F("case__next_due_at").asc(nulls_last=True), "case_id", "-id")


def how_many_wait(person: Person, most: int) -> int:
    """Return how many chats nobody has yet that this person sees, at most that many. One query."""
    waiting = chats_for(person).filter(case__owner=None).order_by().values("case").distinct()
    return len(waiting[:most])


def chat_for(person: Person, case: int) -> Visitor:
    """Return the chat of a case that this person sees, whether or not it has ended. Raises Http404."""
    seen = Visitor.objects.filter(case=case, case__in=cases_for(person))
    found = seen.select_related("case__customer", "case__owner", "customer").order_by("-id").first()
    if found is None:
        raise Http404
    return found


def taken_by(person: Person) -> int:
    """Return how many chats this person has under way."""
    theirs = Visitor.objects.filter(ended_at=None, mailed_at=None, case__status__in=Case.UNDER_WAY, case__owner=person)
    return int(theirs.aggregate(number=Count("case", distinct=True))["number"])


def without_room(case: Case, people: Collection[int]) -> set[int]:
    """Return who of these people has as many chats as they take; of a case that is no chat, nobody. Two queries."""
    if case.channel not in CHAT:
        return set()
    most = dict(Seat.objects.filter(person__in=people).values_list("person", "most"))
    going_on = Visitor.objects.filter(ended_at=None, mailed_at=None, case__status__in=Case.UNDER_WAY)
    theirs = going_on.exclude(case=case).filter(case__owner__in=people).order_by().values_list("case__owner")
    taken = dict(theirs.annotate(number=Count("case", distinct=True)))
    return {each for each in people if taken.get(each, 0) >= most.get(each, AT_ONCE)}


def most_of(person: Person) -> int:
    """Return how many chats this person takes at once."""
    seat = Seat.objects.filter(person=person).first()
    return seat.most if seat else AT_ONCE
