"""The groups of a case's customer, as the case repeats them, so that a list asks no plan: `|elderly|vip|`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q, prefetch_related_objects

from tantam.desk import plans
from tantam.desk.cases.facts import groups_of, known_of, read_told
from tantam.desk.cases.models import Case
from tantam.desk.common import clock, work
from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles, handles_long

CUSTOMER = "regroup_customer"  # work whose payload is {"customer": id}: something about them changed
ALL = "regroup_open"  # work that looks at every open case anew: groups depend on the day and on the plan
BATCH = 200
EVERY = timedelta(hours=12)  # so that a birthday or a year of custom counts on its day

recurs(ALL, EVERY)


def packed(groups: Iterable[str]) -> str:
    """Return the groups as a case keeps them, in the order given, "" for none."""
    names = tuple(groups)
    return f"|{'|'.join(names)}|" if names else ""


def unpacked(kept: str) -> tuple[str, ...]:
    """Return the groups that a case keeps."""
    return tuple(kept.strip("|").split("|")) if kept else ()


def within(group: str) -> Q:
    """Return which cases are of a customer in this group."""
    return Q(groups__contains=f"|{group}|")


@handles(CUSTOMER)
def regroup_customer(payload: Mapping[str, Any]) -> None:
    """Ask the plan again for the customer's cases that are open: their BATCH newest, for the others follow with all."""
    open_ones = Case.objects.filter(customer_id=int(payload["customer"]), queue__isnull=False)
    _regroup(list(open_ones.order_by("-pk")[:BATCH]))


@handles_long(ALL)
def regroup_open(payload: Mapping[str, Any]) -> None:
    """Ask the plan again for every open case, a batch at a time."""
    last = 0
    while batch := list(Case.objects.filter(queue__isnull=False, pk__gt=last).order_by("pk")[:BATCH]):
        _regroup(batch)
        last = batch[-1].pk
        work.hold()


def _regroup(cases: list[Case]) -> None:
    """Write the groups that changed. Each is one row, so that no case is locked while others are asked about."""
    try:
        plan = plans.in_force(now := clock.now())
    except plans.NoPlan:
        return
    prefetch_related_objects(cases, "customer__purchases", "purchase__product", "promises")
    read_told(cases)
    for case in cases:
        kept = packed(groups_of(case, known_of(case, plan, now), plan, now=now))
        if kept != case.groups:
            Case.objects.filter(pk=case.pk).update(groups=kept)
