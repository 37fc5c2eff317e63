"""Settle an open question of a case with what was learned."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import said
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Pin
from tantam.desk.common.errors import Refused

MOST_CHARACTERS = 500


def settle_pin(pin: Pin, person: Person, learned: str) -> Pin:
    """Return the pin, settled. Raises Refused: says_nothing, too_long, pin_settled, not_allowed."""
    text = said.clean_short(learned, MOST_CHARACTERS)
    with transaction.atomic():
        act = act_on(pin.case, Actor.PERSON, person)
        unsettled = Pin.objects.filter(pk=pin.pk, settled_at=None)
        if not unsettled.update(settled_at=act.now, learned=text):
            raise Refused("pin_settled")
        pin.settled_at, pin.learned = act.now, text
        act.append("pin_settled", pin=pin.pk, sort=pin.kind)
        return pin
