"""Throw away something that became no message; it is kept for a while, and can be taken back."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.arrivals.models import Arrival
from tantam.desk.arrivals.seeing_to import locked
from tantam.desk.common import clock


def throw_away(arrival: Arrival, person: Person) -> Arrival:
    """Return it, thrown away. Raises Http404, Refused("tray_seen_to")."""
    with transaction.atomic():
        kept = locked(arrival, person)
        kept.thrown_at, kept.seen_to_by = clock.now(), person
        kept.save(update_fields=["thrown_at", "seen_to_by"])
        return kept
