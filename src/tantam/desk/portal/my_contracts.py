"""What was agreed with a customer by contract, as they read it: until when it lasts and what it promises them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from tantam.desk.customers.agreements import in_force_on
from tantam.desk.customers.models import Contract, Customer
from tantam.desk.customers.terms import KINDS
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.contracts import within_aloud


@dataclass(frozen=True, slots=True)
class MyContract:
    """A contract that counts today. until: its last day, None for none; goes_on: whether it lasts longer by itself.

    promises: what is promised, for which cases ("" for all), and within what time, in words.
    """

    number: str
    kind: str
    until: date | None
    goes_on: bool
    promises: tuple[tuple[str, str, str], ...]


def contracts_that_count(
    customers: Iterable[Customer], plan: RunningPlan, now: datetime, *, lang: str
) -> list[MyContract]:
    """Return the contracts with these customers, or with organisations that they belong to; two queries."""
    own = [each.pk for each in customers]
    theirs = Q(customer__in=own) | Q(customer__members__person__in=own, customer__members__left=None)
    today = now.astimezone(ZoneInfo(plan.timezone)).date()
    found = Contract.objects.filter(theirs, in_force_on(today)).distinct().order_by("begins", "pk")
    return [_shown(each, plan, lang) for each in found.prefetch_related("promises")]


def _shown(contract: Contract, plan: RunningPlan, lang: str) -> MyContract:
    over = contract.over_from
    last = over - timedelta(days=1) if over else contract.ends
    promises = tuple(
        (
            plan.promise_label(each.promise, lang),
            plan.label("severity", each.severity, lang) if each.severity else "",
            within_aloud(each.within, lang),
        )
        for each in sorted(contract.promises.all(), key=lambda one: one.pk)
    )
    kind = str(KINDS.get(contract.kind, contract.kind.replace("_", " ")))
    return MyContract(contract.number, kind, last, over is None and last is not None, promises)
