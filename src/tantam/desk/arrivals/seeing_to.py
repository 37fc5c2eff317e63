"""The beginning of whatever a person does with something in the tray: the lock, and what it says."""

from __future__ import annotations

from django.http import Http404

from tantam.desk.accounts.models import Person
from tantam.desk.arrivals import intake
from tantam.desk.arrivals.access import may_see_to
from tantam.desk.arrivals.incoming import Incoming
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.cases.models import Case
from tantam.desk.common.errors import Refused


def locked(arrival: Arrival, person: Person) -> Arrival:
    """Return it, locked until the transaction ends.

    Raises Http404 for who may not see it, Refused("tray_seen_to") where somebody saw to it already.
    """
    if not may_see_to(person):
        raise Http404
    found = Arrival.objects.select_for_update(of=("self",)).get(pk=arrival.pk)
    if found.case_id is not None or found.thrown_at is not None or found.problem in (Problem.NONE, Problem.NOTED):
        raise Refused("tray_seen_to")
    return found


def said_in(arrival: Arrival) -> Incoming:
    """Return what it says. Raises Refused("tray_illegible") where nobody can tell."""
    if (said := intake.said_by(arrival)) is None:
        raise Refused("tray_illegible")
    return said


def settled(arrival: Arrival, person: Person, case: Case) -> None:
    """Note into which case it came, by whom."""
    arrival.case, arrival.seen_to_by = case, person
    arrival.save(update_fields=["case", "seen_to_by"])
