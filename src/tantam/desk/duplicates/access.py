"""Who may say that two customers are one: colleagues of the house, who see all of both."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from tantam.desk.accounts.access import may_read, works_here
from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Customer
from tantam.desk.duplicates.models import Merging, Pair
from tantam.desk.plans.seeing import sees_house


def may_merge(person: object) -> bool:
    """Whether they may merge customers, tell them apart, and take a merging back."""
    return isinstance(person, Person) and works_here(person) and sees_house(person)


def refuse_unless_may_merge(person: Person) -> None:
    """Raise Refused("not_allowed") for whoever may not."""
    if not may_merge(person):
        raise Refused("not_allowed")


def pairs_for(person: object) -> QuerySet[Pair]:
    """Return the pairs that nobody decided about, the heaviest first; none for who sees a part of the house."""
    if not isinstance(person, Person) or not may_read(person) or not sees_house(person):
        return Pair.objects.none()
    open_ones = Pair.objects.filter(apart_at=None, first__merged_into=None, second__merged_into=None)
    return open_ones.select_related("first", "second").order_by("-weight", "id")


def mergings_of(customer: Customer) -> list[Merging]:
    """Return what became part of this customer and was not taken back, the newest first."""
    return list(Merging.objects.filter(kept=customer, undone_at=None).select_related("gone", "by").order_by("-id"))


def merging_for(person: object, pk: int, kept: Customer) -> Merging:
    """Return a merging into this customer. Raises Http404."""
    known = Merging.objects.filter(pk=pk, kept=kept).select_related("kept", "gone")
    found = known.first() if isinstance(person, Person) and may_read(person) and sees_house(person) else None
    if found is None:
        raise Http404
    return found
