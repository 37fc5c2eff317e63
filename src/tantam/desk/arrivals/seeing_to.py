"""The beginning of whatever a person does with something in the tray: what it says, then the lock."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet
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
    return _open(Arrival.objects.select_for_update(of=("self",)).defer("raw"), arrival, person)


def brought_in(arrival: Arrival, person: Person) -> Incoming:
    """Return what it says, its files kept; call it before the lock, under which nobody waits for a disk.

    Raises Http404, Refused("tray_seen_to") as `locked`; Refused("tray_illegible") where nobody can tell what it says.
    """
    said = intake.brought_by(_open(Arrival.objects.all(), arrival, person))
    if said is None:
        raise Refused("tray_illegible")
    return said


def opening_in(arrival: Arrival, person: Person) -> Callable[[], Case]:
    """Return what opens the case of it, inside the transaction that locks it; raises as `brought_in`."""
    return intake.opening_of(_open(Arrival.objects.all(), arrival, person))


def settled(arrival: Arrival, person: Person, case: Case) -> None:
    """Note into which case it came, by whom."""
    arrival.case, arrival.seen_to_by = case, person
    arrival.save(update_fields=["case", "seen_to_by"])


def _open(arrivals: QuerySet[Arrival], arrival: Arrival, person: Person) -> Arrival:
    if not may_see_to(person):
        raise Http404
    found = arrivals.get(pk=arrival.pk)
    if found.case_id is not None or found.thrown_at is not None or found.problem in (Problem.NONE, Problem.NOTED):
        raise Refused("tray_seen_to")
    return found
