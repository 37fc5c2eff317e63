"""Let something in that was taken for spam: it is a case, as it was sent and as of when it came; the score learns."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.arrivals.actions import make_case
from tantam.desk.arrivals.models import Arrival
from tantam.desk.cases.models import Case
from tantam.desk.spam.marking import mark_arrival


def let_in(arrival: Arrival, person: Person) -> Case:
    """Return the case. Raises Http404; Refused: tray_seen_to, tray_illegible, no_contact, says_nothing, too_long."""
    with transaction.atomic():
        case = make_case(arrival, person)
        mark_arrival(arrival, person, spam=False)
        return case
