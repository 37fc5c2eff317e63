"""Correct when something that was bought was handed over."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers.bought import corrected
from tantam.desk.customers.editing import hold, note, regroup
from tantam.desk.customers.models import Purchase
from tantam.desk.plans.seeing import sees_house


def correct_purchase(purchase: Purchase, by: Person, *, handed_over_at: datetime) -> Purchase:
    """Return the purchase with the instant of its handing over; answers that rested on it are asked anew.

    Written as it stands already, nothing happens. Raises Refused: not_allowed, customer_merged, not_yet (it lies
    ahead), before_order (it lies before the day of the order; days are the company's).
    """
    if not sees_house(by):
        raise Refused("not_allowed")
    with transaction.atomic():
        customer = hold(purchase.customer, by)
        held = Purchase.objects.select_for_update(of=("self",), no_key=True).get(pk=purchase.pk)
        if handed_over_at == held.handed_over_at:
            return held
        if handed_over_at > clock.now():
            raise Refused("not_yet")
        zone = ZoneInfo(plans.in_force().timezone)
        if handed_over_at.astimezone(zone).date() < held.ordered_at.astimezone(zone).date():
            raise Refused("before_order")
        held.handed_over_at = handed_over_at
        held.save(update_fields=["handed_over_at"])
        note(customer, by, "corrected", ["handed_over"])
        regroup(customer)
        corrected([held.pk])
        return held
