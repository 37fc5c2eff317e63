"""Take back what was thrown away from the tray; a second time changes nothing."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404

from tantam.desk.accounts.models import Person
from tantam.desk.arrivals.access import may_see_to
from tantam.desk.arrivals.models import Arrival


def take_back(arrival: Arrival, person: Person) -> Arrival:
    """Return it, in the tray again. Raises Http404 for who may not see it, and where it is deleted meanwhile."""
    if not may_see_to(person):
        raise Http404
    with transaction.atomic():
        kept = Arrival.objects.select_for_update(of=("self",)).filter(pk=arrival.pk).first()
        if kept is None:
            raise Http404
        if kept.thrown_at is not None:
            kept.thrown_at = kept.seen_to_by = None
            kept.save(update_fields=["thrown_at", "seen_to_by"])
        return kept
