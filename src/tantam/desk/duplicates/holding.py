"""What merging and taking back share: both customers held in one order, and their cases told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Case
from tantam.desk.customers.models import Customer
from tantam.desk.duplicates.models import Merging


def hold_both(one: Customer, other: Customer) -> tuple[Customer, Customer]:
    """Return both as they are now, locked, the older first, so that two colleagues never wait for each other."""
    keys = sorted({one.pk, other.pk})
    held = {
        each.pk: each for each in Customer.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    }
    return held[one.pk], held[other.pk]


def as_kept(value: Any) -> Any:
    """Return a value of a customer's field as a merging keeps it: a day as text."""
    return value.isoformat() if isinstance(value, date) else value


def tell_cases(keys: Sequence[int], code: str, merging: Merging, who: tuple[Actor, Person]) -> None:
    """Append to each of these cases whose it is now."""
    for each in Case.objects.filter(pk__in=keys).order_by("pk"):
        act = act_on(each, *who)
        match code:
            case "customer_merged":
                act.append("customer_merged", customer=merging.gone_id, into=merging.kept_id)
            case _:
                act.append("customer_unmerged", customer=each.customer_id, of=merging.kept_id)
