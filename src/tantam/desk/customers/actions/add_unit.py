"""Note the serial number of a thing that a customer bought, and when that very thing was handed over."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.customers import serials
from tantam.desk.customers.editing import hold, note
from tantam.desk.customers.models import MOST_SERIAL, Customer, Unit
from tantam.desk.customers.terms import read_day


def add_unit(customer: Customer, by: Person, *, purchase: int, serial: str, handed_over: str = "") -> Unit:
    """Return the thing with this serial number, of this purchase now.

    serial: as written. handed_over: the day on which it came apart from the rest, `2026-11-20`, "" for that of the
    purchase. Raises Refused("no_such_purchase"), Refused("bad_serial"), Refused("bad_day"), and
    Refused("serial_taken") for the thing of another purchase.
    """
    kept = serials.kept(serial)
    if not kept or len(kept) > MOST_SERIAL:
        raise Refused("bad_serial", got=serial.strip()[:40])
    at = _begins(handed_over) if handed_over.strip() else None
    with transaction.atomic():
        held = hold(customer, by)
        bought = held.purchases.filter(pk=purchase).select_related("product").first()
        if bought is None:
            raise Refused("no_such_purchase")
        unit, _new = Unit.objects.get_or_create(serial=kept, product=bought.product, defaults={"purchase": bought})
        locked = Unit.objects.select_for_update().get(pk=unit.pk)
        if locked.purchase_id not in (None, bought.pk):
            raise Refused("serial_taken", got=kept)
        locked.purchase, locked.handed_over_at = bought, at
        locked.save(update_fields=["purchase", "handed_over_at"])
        note(held, by, "unit_added")
    return locked


def _begins(day: str) -> datetime:
    """Return the beginning of a day in the company's zone."""
    return datetime.combine(read_day(day), time.min, ZoneInfo(plans.in_force().timezone))
