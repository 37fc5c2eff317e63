"""How a delivery is changed: who may, one at a time, noted with the customer; when a promised day is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.common import work
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.customers.editing import hold, today
from tantam.desk.customers.models import Customer, Delivery

DUE = "delivery_due"  # work whose payload is {"delivery": id}
DAY_ENDS = time(23, 59)
FARTHEST_DAYS = 731


def hold_delivery(customer: Customer, by: Person, delivery: int) -> tuple[Customer, Delivery]:
    """Return the customer and their delivery, both locked; the caller is inside a transaction.

    Raises Refused("not_allowed"), Refused("customer_merged"), Refused("no_such_delivery"), and
    Refused("delivery_ended") for one that arrived or was called off.
    """
    held = hold(customer, by)
    locked = Delivery.objects.select_for_update(of=("self",)).select_related("purchase__customer", "purchase__product")
    found = locked.filter(pk=delivery, purchase__customer=held).first()
    if found is None:
        raise Refused("no_such_delivery")
    if not under_way(found):
        raise Refused("delivery_ended")
    return held, found


def under_way(delivery: Delivery) -> bool:
    """Whether it is still to arrive, in time or late."""
    return delivery.delivered_at is None and delivery.state != Delivery.State.WITHDRAWN


def end_of(day: date) -> datetime:
    """Return the end of a day in the company's zone. Raises Refused for a day that is past, or too far away."""
    if day < today():
        raise Refused("day_is_past", day=day.isoformat())
    return end_of_any(day)


def end_of_any(day: date) -> datetime:
    """Return the end of a day that may be past. Raises Refused for one that is too far away."""
    if (day - today()).days > FARTHEST_DAYS:
        raise Refused("too_far")
    return datetime.combine(day, DAY_ENDS, ZoneInfo(plans.in_force().timezone))


def watch(deliveries: Iterable[Delivery]) -> None:
    """Have them looked at when their time is over; the caller is inside a transaction."""
    work.all_due([_look_at(each) for each in deliveries])


def _look_at(delivery: Delivery) -> DueWork:
    key = f"delivery:{delivery.pk}:{int(delivery.due_at.timestamp())}"
    return DueWork(kind=DUE, key=key, payload={"delivery": delivery.pk}, due_at=delivery.due_at)
