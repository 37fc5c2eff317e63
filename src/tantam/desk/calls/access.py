"""The only way to calls: who is to be called back, on the cases that a person sees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.http import Http404

from tantam.desk.accounts.models import Person
from tantam.desk.calls.models import Call, Callback
from tantam.desk.cases.access import cases_for
from tantam.desk.cases.models import STILL_TO_KEEP, Promise
from tantam.desk.customers.access import customers_for
from tantam.desk.customers.models import Contact
from tantam.desk.plans import kinds
from tantam.desk.plans.seeing import sees_house

RINGS = timedelta(minutes=2)  # so long a call is shown to whoever it rings for
MOST_AT_ONCE = 200  # calls of one company in two minutes


def to_call(person: Person) -> QuerySet[Promise]:
    """Return the calls back that are owed, the first due first, each with its case, customer and `callback`."""
    owed = Promise.objects.filter(STILL_TO_KEEP, kind__in=kinds.CALL_BACKS, paused_at=None, case__in=cases_for(person))
    related = owed.select_related("case__customer", "case__owner", "callback__claimed_by", "made_by")
    return related.prefetch_related("case__customer__contacts").order_by("due_at", "id")


def how_many(person: Person, most: int) -> int:
    """Return how many calls back are owed, counted up to `most`."""
    return len(to_call(person).order_by().select_related(None).prefetch_related(None).values_list("pk")[:most])


def ringing_for(person: Person, now: datetime) -> Call | None:
    """Return the call that rings or is answered at the person's telephone just now; one query, none without one.

    A provider's people are shown only who is a customer of theirs, whatever extension they wrote down.
    """
    if not person.extension:
        return None
    recent = Call.objects.filter(direction=Call.Direction.INCOMING, at__gt=now - RINGS, missed_at=None, ended_at=None)
    there = (each for each in recent.order_by("-at")[:MOST_AT_ONCE] if person.extension in each.extension.split())
    return next((each for each in there if _may_know(person, each.number)), None)


def promise_for(person: Person, pk: int) -> Promise:
    """Return a call back of a case that the person sees, whether or not it has ended. Raises Http404."""
    found = Promise.objects.filter(kind__in=kinds.CALL_BACKS, case__in=cases_for(person), pk=pk)
    promise = found.select_related("case__customer", "callback").first()
    if promise is None:
        raise Http404
    return promise


def known_of(promise: Promise) -> Callback | None:
    """Return what the telephone knows of a call back; no query where it was read with it."""
    return getattr(promise, "callback", None)


def also_reached_by(numbers: Sequence[str], person: Person) -> dict[str, list[str]]:
    """Return the names of the customers of numbers that several have whom the person sees; one query."""
    if not numbers:
        return {}
    reached = Contact.objects.filter(kind=Contact.Kind.PHONE, value__in=numbers).order_by("customer_id")
    if not sees_house(person):
        reached = reached.filter(customer__in=customers_for(person))
    names: dict[str, list[str]] = {}
    for value, name in reached.values_list("value", "customer__name").distinct():
        names.setdefault(value, []).append(name)
    return {number: found for number, found in names.items() if len(found) > 1}


def _may_know(person: Person, number: str) -> bool:
    """Whether the person may see that this number calls us."""
    theirs = customers_for(person).filter(contacts__kind=Contact.Kind.PHONE, contacts__value=number)
    return sees_house(person) or theirs.exists()
