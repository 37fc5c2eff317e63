"""Take back that something was thrown away from the tray; was it called spam, that is unlearned. Twice is once."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.arrivals import actions
from tantam.desk.arrivals.models import Arrival
from tantam.desk.spam.marking import unmark_arrival


def take_back(arrival: Arrival, person: Person) -> Arrival:
    """Return it, in the tray again. Raises Http404."""
    with transaction.atomic():
        taken = actions.take_back(arrival, person)
        unmark_arrival(taken)
        return taken
