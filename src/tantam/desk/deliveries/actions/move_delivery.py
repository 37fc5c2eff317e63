"""Move a delivery to another day: the customer is told with the reason, on a case of the purchase."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import said
from tantam.desk.customers.models import Customer, Delivery
from tantam.desk.customers.terms import read_day
from tantam.desk.deliveries import course
from tantam.desk.deliveries.holding import end_of, hold_delivery


def move_delivery(customer: Customer, by: Person, *, delivery: int, day: str, reason: str) -> Delivery:
    """Return the delivery, due at the end of that day; its own day again changes nothing. A late one stays broken.

    Raises Refused: not_allowed, customer_merged, no_such_delivery, delivery_ended, bad_day, day_is_past, too_far,
    needs_reason.
    """
    with transaction.atomic():
        _held, found = hold_delivery(customer, by, delivery)
        due, why = end_of(read_day(day)), said.why(reason)
        if due != found.due_at:
            course.move(found, due, why, by)
    return found
