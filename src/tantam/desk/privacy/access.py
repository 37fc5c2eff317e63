"""Who gives out all about a person, lets it be erased, and answers what they ask: managers of the house."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import Http404

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.plans.seeing import sees_house
from tantam.desk.privacy.models import Request


def may_give_out(person: object) -> bool:
    """Whether they may give out or erase all that is known of somebody."""
    return isinstance(person, Person) and works_here(person) and person.manages and sees_house(person)


def requests_for(person: object) -> QuerySet[Request]:
    """Return what people asked about their data, as this person may see it: managers of the house all, others none."""
    if not may_give_out(person):
        return Request.objects.none()
    return Request.objects.select_related("customer", "case", "case__owner", "plan_version", "ended_by", "proven_by")


def request_for(person: object, pk: int) -> Request:
    """Return one that the person may see. Raises Http404."""
    found = requests_for(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def open_of(customers: Iterable[int]) -> QuerySet[Request]:
    """Return what these customers ask about their data and is not answered yet."""
    return Request.objects.filter(customer__in=list(customers), ended_at=None).select_related("case")


def refuse_unless_may(person: Person) -> None:
    """Raise Refused("not_allowed") for whoever may not."""
    if not may_give_out(person):
        raise Refused("not_allowed")
