"""Take an absence back, or end it now if it began."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.duty.models import Absence


def cancel_absence(pk: int, by: Person) -> Absence:
    """Return the absence, cancelled; one that began ends now. Raises Refused: not_allowed, absence_over."""
    now = clock.now()
    with transaction.atomic():
        found = Absence.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None or (found.person_id != by.pk and not by.manages):
            raise Refused("not_allowed")
        if found.cancelled_at is not None or found.until <= now:
            raise Refused("absence_over")
        if found.since < now:
            found.until = now
            found.save(update_fields=["until"])
        else:
            found.cancelled_at = now
            found.save(update_fields=["cancelled_at"])
    return found
