"""Note that a delivery arrived: kept if that was by its day, else it stays a broken promise."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Customer, Delivery
from tantam.desk.customers.terms import read_day
from tantam.desk.deliveries import course
from tantam.desk.deliveries.holding import hold_delivery


def note_delivered(customer: Customer, by: Person, *, delivery: int, day: str = "") -> Delivery:
    """Return the delivery, arrived. day: on which it did, "" for now. One that was found late stays broken.

    Once all that was sent of a purchase has arrived, it is handed over, from which its cover counts. Raises
    Refused: not_allowed, customer_merged, no_such_delivery, delivery_ended, bad_day, day_to_come, before_order.
    """
    with transaction.atomic():
        _held, found = hold_delivery(customer, by, delivery)
        at = _arrived(day) if day.strip() else clock.now()
        course.refuse_before_order(found, at)
        course.arrive(found, at, by)
    return found


def _arrived(day: str) -> datetime:
    """Return the beginning of a day in the company's zone, which is not after today."""
    at = datetime.combine(read_day(day), time.min, ZoneInfo(plans.in_force().timezone))
    if at > clock.now():
        raise Refused("day_to_come", day=at.date().isoformat())
    return at
