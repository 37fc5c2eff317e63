"""Make a case of something that became no message: its sender is the customer."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.arrivals.models import Arrival
from tantam.desk.arrivals.seeing_to import locked, opening_in, settled
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Case


def make_case(arrival: Arrival, person: Person) -> Case:
    """Return the case. Raises Http404; Refused: tray_seen_to, tray_illegible, no_contact, says_nothing, too_long."""
    opens = opening_in(arrival, person)
    with transaction.atomic():
        kept = locked(arrival, person)
        case = opens()
        act = act_on(case, Actor.PERSON, person)
        act.append("from_tray", arrival=kept.pk, problem=kept.problem)
        settled(kept, person, case)
        return case
