"""What becomes of a delivery, whoever says so: moved, called off, arrived. The caller holds it, in a transaction.

by: the colleague who says so, None for a shop.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.customers.bought import corrected
from tantam.desk.customers.editing import note, regroup
from tantam.desk.customers.models import Delivery, Purchase
from tantam.desk.deliveries.holding import watch
from tantam.desk.deliveries.telling import case_of, tell_called_off, tell_moved

State = Delivery.State


def move(found: Delivery, due: datetime, reason: str, by: Person | None) -> None:
    """Have another day take the place of its own; the customer is told. A late one stays broken. reason: "" if none."""
    before = found.due_at
    found.due_at, found.moved = due, found.moved + 1
    found.save(update_fields=["due_at", "moved"])
    watch([found])
    note(found.purchase.customer, by, "delivery_moved")
    tell_moved(case_of(found, by), found, before, reason)


def call_off(found: Delivery, reason: str, by: Person | None) -> None:
    """Have it owed no longer, and tell the customer. reason: "" for none."""
    found.state = State.WITHDRAWN
    found.save(update_fields=["state"])
    note(found.purchase.customer, by, "delivery_called_off")
    tell_called_off(case_of(found, by), found, reason)


def arrive(found: Delivery, at: datetime, by: Person | None) -> None:
    """Note that it arrived: kept if that was by its day and it was not found late, and what was bought handed over."""
    before = found.delivered_at
    judge(found, at)
    found.save(update_fields=["delivered_at", "state", "ended_at"])
    note(found.purchase.customer, by, "delivery_arrived")
    hand_over([found.purchase_id], instead_of=before)


def judge(found: Delivery, at: datetime) -> None:
    """Set what an arrival makes of its promise; nothing is written."""
    found.delivered_at = at
    if found.state == State.BROKEN:
        return
    in_time = at <= found.due_at
    found.state, found.ended_at = (State.KEPT, at) if in_time else (State.BROKEN, found.due_at)


def refuse_before_order(found: Delivery, at: datetime) -> None:
    """Raise Refused("before_order") for an arrival on a day, in the company's zone, before that of the order."""
    zone = ZoneInfo(plans.in_force().timezone)
    if at.astimezone(zone).date() < found.purchase.ordered_at.astimezone(zone).date():
        raise Refused("before_order")


def hand_over(purchases: Iterable[int], *, instead_of: datetime | None = None) -> None:
    """Note the hand-over of purchases all of whose deliveries have arrived; answers that rest on it are asked anew.

    One that was noted already stays, unless it is that of `instead_of`, an arrival that was noted wrongly.
    """
    locked = Purchase.objects.select_for_update(of=("self",), no_key=True).select_related("customer")
    there = locked.filter(pk__in=set(purchases)).order_by("pk")
    held = [each for each in there if each.handed_over_at in (None, instead_of)]
    arrivals: dict[int, list[datetime | None]] = {each.pk: [] for each in held}
    rows = Delivery.objects.filter(purchase__in=held).exclude(state=State.WITHDRAWN)
    for purchase, at in rows.values_list("purchase", "delivered_at"):
        arrivals[purchase].append(at)
    if done := [each for each in held if _last(each, arrivals[each.pk])]:
        _say_handed_over(done)


def _last(purchase: Purchase, arrivals: Sequence[datetime | None]) -> bool:
    """Set when the last of its deliveries arrived, never before it was ordered; return whether that is new."""
    known = [each for each in arrivals if each is not None]
    if not known or len(known) < len(arrivals):
        return False
    before, purchase.handed_over_at = purchase.handed_over_at, max(purchase.ordered_at, *known)
    return purchase.handed_over_at != before


def _say_handed_over(purchases: Sequence[Purchase]) -> None:
    Purchase.objects.bulk_update(purchases, ["handed_over_at"], batch_size=200)
    for customer in {each.customer_id: each.customer for each in purchases}.values():
        regroup(customer)
    corrected([each.pk for each in purchases])
