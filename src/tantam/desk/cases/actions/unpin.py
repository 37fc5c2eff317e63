"""Take a pin off a case."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Pin


def unpin(pin: Pin, person: Person) -> bool:
    """Return whether it was pinned until now. Raises Refused("not_allowed")."""
    with transaction.atomic():
        act = act_on(pin.case, Actor.PERSON, person)
        gone, _ = Pin.objects.filter(pk=pin.pk).delete()
        if gone:
            act.append("unpinned", pin=pin.pk, sort=pin.kind)
        return bool(gone)
