"""Counts all customers once a day and after each plan; in between, whoever something changed about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F

from tantam.desk import plans
from tantam.desk.cases.models import Case
from tantam.desk.common import clock, recurring
from tantam.desk.common.ids import first_id
from tantam.desk.common.work import handles_long, hold
from tantam.desk.customers.models import Change, Customer, Purchase
from tantam.desk.groups.counting import recount
from tantam.desk.groups.models import Count
from tantam.desk.plans import RunningPlan

LOOK = "count_groups"  # work without a payload
EVERY = timedelta(minutes=5)
OVERLAP = timedelta(minutes=5)  # what was committed after it was looked for is found the next time
AT_ONCE = 300  # customers of one transaction


@handles_long(LOOK)
def look(payload: Mapping[str, Any]) -> None:
    """Count whoever is to be counted; killed in the middle, it goes on where it was, and twice is once."""
    try:
        plan = plans.in_force()
    except plans.NoPlan:
        return
    count = _count_of(plan, clock.now())
    if count.done_at is None:
        _count_all(count, plan)
    else:
        _count_changed(count, plan)


recurring.recurs(LOOK, EVERY)


def last_count() -> Count | None:
    """Return the count that ended last; None before the first one."""
    return Count.objects.exclude(done_at=None).order_by("-id").first()


def _count_of(plan: RunningPlan, now: datetime) -> Count:
    """Return the count of the day and of the plan: one that was begun, else a new one."""
    zone = ZoneInfo(plan.timezone)
    latest = Count.objects.order_by("-id").first()
    if latest is not None and latest.plan_version_id == plan.number:
        today = latest.begun_at.astimezone(zone).date() == now.astimezone(zone).date()
        if today or latest.done_at is None:
            return latest
    return Count.objects.create(plan_version=plan.row, begun_at=now)


def _count_all(count: Count, plan: RunningPlan) -> None:
    while keys := list(
        Customer.objects.filter(pk__gt=count.reached).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        recount(keys, plan, clock.now())
        count.reached = keys[-1]
        Count.objects.filter(pk=count.pk).update(reached=count.reached, number=F("number") + len(keys))
        hold()
    Count.objects.filter(pk=count.pk).update(done_at=clock.now(), looked_at=count.begun_at)


def _count_changed(count: Count, plan: RunningPlan) -> None:
    """Count whoever bought, wrote, was changed or taken on since the last look."""
    now = clock.now()
    changed = sorted(set(_changed((count.looked_at or count.begun_at) - OVERLAP)))
    for keys in _portions(changed):
        recount(keys, plan, now)
        hold()
    Count.objects.filter(pk=count.pk).update(looked_at=now)


def _changed(since: datetime) -> Iterator[int]:
    """Yield the customers about whom something was written since then; one may come several times."""
    first = first_id(since)
    yield from Customer.objects.filter(pk__gte=first).values_list("pk", flat=True)
    yield from Change.objects.filter(pk__gte=first).values_list("customer_id", flat=True)
    yield from Purchase.objects.filter(pk__gte=first).values_list("customer_id", flat=True)
    yield from Case.objects.filter(pk__gte=first).values_list("customer_id", flat=True)


def _portions(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for begin in range(0, len(keys), AT_ONCE):
        yield keys[begin : begin + AT_ONCE]
