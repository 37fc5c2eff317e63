"""Looks at a delivery when its time is over: what has not arrived is broken once, and the customer is told once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from tantam.desk.common import clock
from tantam.desk.common.work import handles
from tantam.desk.customers.models import Delivery
from tantam.desk.deliveries.holding import DUE, under_way
from tantam.desk.deliveries.telling import case_of, tell_late


def break_delivery(pk: int) -> bool:
    """Return whether it was found late now. Arrived, called off, moved or told of before: False, nothing happens.

    One that was late before and has another day is late again once that is over, and told again.
    """
    with transaction.atomic():
        held = Delivery.objects.select_for_update(of=("self",)).filter(pk=pk)
        found = held.select_related("purchase__customer", "purchase__product").first()
        if found is None or not under_way(found) or found.due_at > clock.now():
            return False
        if found.state == Delivery.State.BROKEN and found.told_at is not None and found.told_at >= found.due_at:
            return False
        if found.state == Delivery.State.OWED:
            found.ended_at = found.due_at
        found.state = Delivery.State.BROKEN
        found.save(update_fields=["state", "ended_at"])
        tell_late(case_of(found), found)
        return True


@handles(DUE)
def look_at_delivery(payload: Mapping[str, Any]) -> None:
    """Break the delivery of a piece of due work if it is late."""
    break_delivery(int(payload["delivery"]))
