"""Call off a delivery: it does not come, and the customer is told with the reason, on a case of the purchase."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import said
from tantam.desk.customers.models import Customer, Delivery
from tantam.desk.deliveries import course
from tantam.desk.deliveries.holding import hold_delivery


def call_off_delivery(customer: Customer, by: Person, *, delivery: int, reason: str) -> Delivery:
    """Return the delivery, owed no longer.

    Raises Refused: not_allowed, customer_merged, no_such_delivery, delivery_ended, needs_reason.
    """
    with transaction.atomic():
        _held, found = hold_delivery(customer, by, delivery)
        course.call_off(found, said.why(reason), by)
    return found
