"""Who is in which group, as people may see it: the house everybody, others nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from tantam.desk.accounts.access import may_read
from tantam.desk.customers.models import Customer
from tantam.desk.groups.models import Belonging
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.seeing import sees_house

Kind = Belonging.Kind


def belongings_for(person: object) -> QuerySet[Belonging]:
    """Return what holds now, of all customers: to the house; to a provider's people and outsiders nothing."""
    if not may_read(person) or not sees_house(person):
        return Belonging.objects.none()
    return Belonging.objects.filter(until=None)


def counted_for(person: object, plan: RunningPlan) -> QuerySet[Customer]:
    """Return the customers that are counted at all."""
    if not may_read(person) or not sees_house(person):
        return Customer.objects.none()
    counted = Customer.objects.filter(merged_into=None).exclude(kind=Customer.Kind.DEPARTMENT)
    return counted.filter(internal=False) if plan.sells else counted


def in_none_for(person: object, plan: RunningPlan) -> QuerySet[Customer]:
    """Return the customers that are in no group, the newest first."""
    grouped = Belonging.objects.filter(customer=OuterRef("pk"), kind=Kind.GROUP, until=None)
    return counted_for(person, plan).filter(~Exists(grouped)).order_by("-pk")


def members_for(person: object, group: str) -> QuerySet[Belonging]:
    """Return who is in a group, whoever came last first."""
    found = belongings_for(person).filter(kind=Kind.GROUP, name=group)
    return found.select_related("customer").order_by("-since", "-id")


def sizes(person: object) -> dict[str, int]:
    """Return {group: customers}; one query."""
    rows = belongings_for(person).filter(kind=Kind.GROUP).order_by().values_list("name")
    return dict(rows.annotate(Count("id")))


def overlaps(person: object) -> list[tuple[str, str, int]]:
    """Return the pairs of groups that share customers, with how many, most first; one query."""
    both = belongings_for(person).filter(
        kind=Kind.GROUP,
        customer__belongings__kind=Kind.GROUP,
        customer__belongings__until=None,
        customer__belongings__name__gt=F("name"),
    )
    found = both.order_by().values_list("name", "customer__belongings__name").annotate(Count("id"))
    return sorted(found, key=lambda each: (-each[2], each[:2]))


def over_time(person: object, kind: str, instants: Sequence[datetime]) -> dict[tuple[str, str], list[int]]:
    """Return {(name, cell): customers at each of the instants}; one query."""
    if not instants or not belongings_for(person).exists():
        return {}
    numbers = {
        f"at_{n}": Count("id", filter=Q(since__lte=at) & (Q(until=None) | Q(until__gt=at)))
        for n, at in enumerate(instants)
    }
    rows = Belonging.objects.filter(kind=kind).order_by().values("name", "cell").annotate(**numbers)
    return {(row["name"], row["cell"]): [row[each] for each in numbers] for row in rows}


def traits(person: object, plan: RunningPlan) -> Mapping[str, Mapping[str, Counter[str]]]:
    """Return {trait: {stage of buying: {cell: customers}}}, under "" those of all stages; one query."""
    found = belongings_for(person).filter(kind=Kind.TRAIT)
    stage = "customer__belongings__cell"
    if plan.sells:
        found = found.filter(customer__belongings__kind=Kind.STAGE, customer__belongings__until=None)
        rows = found.order_by().values_list("name", "cell", stage).annotate(Count("id"))
    else:
        rows = found.order_by().values_list("name", "cell", "kind").annotate(Count("id"))
    counted: dict[str, dict[str, Counter[str]]] = {}
    for name, cell, at, number in rows:
        for each in ("", at):
            counted.setdefault(name, {}).setdefault(each, Counter())[cell] += number
    return counted


def groups_of(customer: Customer) -> dict[str, Belonging]:
    """Return {group: since when and why it is kept}, of one customer; one query."""
    return {each.name: each for each in Belonging.objects.filter(customer=customer, kind=Kind.GROUP, until=None)}
