"""Enter an absence: everybody for themselves, managers for anybody; no two overlap, no deputies go in a circle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from tantam.desk.accounts.access import may_read
from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.duty.deputies import circle
from tantam.desk.duty.models import Absence, Why

LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Away:
    """What is entered. since, until: aware, until not included; why: of Why; deputy: None for nobody."""

    since: datetime
    until: datetime
    why: str = Why.LEAVE
    deputy: Person | None = None


def be_away(person: Person, by: Person, absence: Away) -> Absence:
    """Return the new absence of `person`.

    Raises Refused: not_allowed, absence_backwards, absence_past, absence_too_long, absence_overlaps, deputy_self,
    deputy_loop, unknown_value.
    """
    _refuse(person, by, absence)
    with transaction.atomic():
        one_at_a_time("absences")  # circles run over several people: one is entered at a time
        list(Person.objects.select_for_update().filter(pk=person.pk))
        standing = Absence.objects.filter(cancelled_at=None, since__lt=absence.until, until__gt=absence.since)
        meant = list(standing.select_related("person", "deputy"))
        if mine := next((each for each in meant if each.person_id == person.pk), None):
            raise Refused("absence_overlaps", name=person.name, since=_day(mine.since), until=_day(mine.until))
        made = Absence(
            person=person,
            since=absence.since,
            until=absence.until,
            why=absence.why,
            deputy=absence.deputy,
            entered_by=by,
            entered_at=clock.now(),
        )
        if names := circle(made, meant):
            raise Refused("deputy_loop", path=" → ".join(names))
        made.save(force_insert=True)
    return made


def _refuse(person: Person, by: Person, absence: Away) -> None:
    if not may_read(by) or (person.pk != by.pk and not by.manages):
        raise Refused("not_allowed")
    if absence.why not in Why.values:
        raise Refused("unknown_value", got=absence.why[:40])
    if absence.until <= absence.since:
        raise Refused("absence_backwards")
    if absence.until <= clock.now():
        raise Refused("absence_past")
    if absence.until - absence.since > LONGEST:
        raise Refused("absence_too_long", days=LONGEST.days)
    if absence.deputy is not None and absence.deputy.pk == person.pk:
        raise Refused("deputy_self")


def _day(at: datetime) -> str:
    return at.date().isoformat()
