"""Promise the day by which something that was bought arrives."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers.editing import hold, note
from tantam.desk.customers.models import Customer, Delivery
from tantam.desk.customers.terms import read_day
from tantam.desk.deliveries.holding import end_of, watch

MOST_NUMBER = 40


def promise_delivery(customer: Customer, by: Person, *, purchase: int, day: str, number: str = "") -> Delivery:
    """Return the delivery, owed until the end of that day; the same day for the same number again changes nothing.

    day: `2026-11-20`. number: of the shop or the carrier, "" for the only one of the purchase. Raises
    Refused: not_allowed, customer_merged, no_such_purchase, bad_day, day_is_past, too_far, delivery_number,
    delivery_known.
    """
    due, number = end_of(read_day(day)), number.replace("\x00", "").strip()
    if len(number) > MOST_NUMBER:
        raise Refused("delivery_number", most=MOST_NUMBER)
    with transaction.atomic():
        held = hold(customer, by)
        bought = held.purchases.filter(pk=purchase).first()
        if bought is None:
            raise Refused("no_such_purchase")
        given = {"promised_at": clock.now(), "promised_by": by.name[:80], "due_at": due}
        made, new = Delivery.objects.get_or_create(purchase=bought, number=number, defaults=given)
        if new:
            watch([made])
            note(held, by, "delivery_promised")
        elif made.due_at != due or made.state != Delivery.State.OWED:
            raise Refused("delivery_known")
    return made
