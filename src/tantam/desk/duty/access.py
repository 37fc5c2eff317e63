"""Who reaches which absence: who works here sees that colleagues are away; why, themselves and those who manage."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from tantam.desk.accounts.access import may_read
from tantam.desk.accounts.models import Person
from tantam.desk.duty.models import Absence


def absences_for(person: object, now: datetime) -> QuerySet[Absence]:
    """Return the absences that last or come, soonest first, each with person and deputy."""
    if not may_read(person):
        return Absence.objects.none()
    coming = Absence.objects.filter(cancelled_at=None, until__gt=now)
    return coming.select_related("person", "deputy").order_by("since", "id")


def sees_why(person: Person, absence: Absence) -> bool:
    """Whether this person may read why somebody is away: an illness is nobody else's business."""
    return person.manages or absence.person_id == person.pk
