"""Call something in the tray spam: it is thrown away, kept for a while, and the score learns from it."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.arrivals.actions import throw_away
from tantam.desk.arrivals.models import Arrival
from tantam.desk.spam.marking import mark_arrival


def call_spam(arrival: Arrival, person: Person) -> Arrival:
    """Return it, thrown away. Raises Http404, Refused("tray_seen_to")."""
    with transaction.atomic():
        thrown = throw_away(arrival, person)
        mark_arrival(thrown, person, spam=True)
        return thrown
