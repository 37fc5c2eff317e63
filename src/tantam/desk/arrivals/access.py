"""The only way to what came in: here, what became no message of a case. It is the house's own, not a provider's."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.plans.seeing import sees_house

NOBODY_MISSES = (Problem.NONE, Problem.NOTED, Problem.AUTOMATIC, Problem.DUPLICATE, Problem.SPAM)


def tray(most: int) -> QuerySet[Arrival]:
    """Return the newest that became no message of a case, without their bytes; what machines wrote is left out."""
    return _waiting().order_by("-id")[:most]


def waiting_for(person: object) -> QuerySet[Arrival]:
    """Return what waits for somebody to see to it, the newest first, without its bytes; none for who may not."""
    return _seen_by(person, _waiting())


def passed_over_for(person: object) -> QuerySet[Arrival]:
    """Return what machines wrote and what came twice, the newest first: nobody misses it, unless that was wrong."""
    return _seen_by(person, _open().filter(problem__in=(Problem.AUTOMATIC, Problem.DUPLICATE)))


def stopped_for(person: object) -> QuerySet[Arrival]:
    """Return what was stopped as spam, the newest first; it is kept for a while, and can be let in."""
    return _seen_by(person, _open().filter(problem=Problem.SPAM))


def thrown_for(person: object) -> QuerySet[Arrival]:
    """Return what was thrown away and is still there, the newest first."""
    return _seen_by(person, Arrival.objects.exclude(thrown_at=None).defer("raw"))


def arrival_for(person: object, pk: int) -> Arrival:
    """Return one that became no message, whether or not somebody saw to it since, with its bytes. Raises Http404."""
    found = _seen_by(person, Arrival.objects.exclude(problem__in=(Problem.NONE, Problem.NOTED))).select_related(
        "case", "seen_to_by"
    )
    if (arrival := found.defer(None).filter(pk=pk).first()) is None:
        raise Http404
    return arrival


def may_see_to(person: object) -> bool:
    """Whether this person sees to the tray: who works here, for the house."""
    return isinstance(person, Person) and works_here(person) and sees_house(person)


def _waiting() -> QuerySet[Arrival]:
    return _open().exclude(problem__in=NOBODY_MISSES)


def _open() -> QuerySet[Arrival]:
    return Arrival.objects.filter(case=None, thrown_at=None).defer("raw")


def _seen_by(person: object, found: QuerySet[Arrival]) -> QuerySet[Arrival]:
    return found.order_by("-id") if may_see_to(person) else found.none()
