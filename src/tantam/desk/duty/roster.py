"""Who is on shift, who is away, who stands in: the plan's shifts, less the absences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tantam.desk import plans
from tantam.desk.accounts.access import colleagues
from tantam.desk.accounts.models import Person
from tantam.desk.duty.models import Absence
from tantam.desk.plans import duty as shifts


def absences_at(now: datetime) -> dict[int, Absence]:
    """Return {person's id: their absence} of all who are away at `now`, each with its deputy; one query."""
    lasting = Absence.objects.filter(since__lte=now, until__gt=now, cancelled_at=None)
    return {each.person_id: each for each in lasting.select_related("deputy")}


def away(person: Person, now: datetime) -> Absence | None:
    """Return the absence that lasts at `now`, None if there is none."""
    return person.absences.filter(since__lte=now, until__gt=now, cancelled_at=None).select_related("deputy").first()


def on_shift(person: Person, now: datetime) -> bool:
    """Return whether this person works at `now`: in hours that the plan gives them, and not away."""
    return in_hours(person, now) and away(person, now) is None


def in_hours(person: Person, now: datetime) -> bool:
    """Return whether the plan has this person at work at `now`, absences aside; False without a plan."""
    try:
        plan = plans.in_force(now)
    except plans.NoPlan:
        return False
    return works_at(plan, person, now)


def works_at(plan: plans.RunningPlan, person: Person, now: datetime) -> bool:
    """Return the same by this plan; no query."""
    return person.is_active and shifts.any_open(plan, shifts.hours_of(plan, person.team, person.level), now)


def stand_in(person: Person, now: datetime) -> Person | None:
    """Return who stands in for somebody who is away: their deputy, or whoever stands in for a deputy who is away too.

    None for somebody who is not away, and where the chain ends or comes back. One query.
    """
    return follow(person, absences_at(now))


def follow(person: Person, absent: dict[int, Absence]) -> Person | None:
    """Return the same, given who is away."""
    seen, at = {person.pk}, person
    while (absence := absent.get(at.pk)) is not None:
        deputy = absence.deputy
        if deputy is None or deputy.pk in seen or not deputy.is_active:
            return None
        seen.add(deputy.pk)
        at = deputy
    return None if at is person else at


def on_duty(now: datetime, *, level: str = "", team: str = "") -> list[Person]:
    """Return who answers customers at `now`, by name: on shift and not away. level, team: only theirs, "" for all."""
    wanted = colleagues()
    wanted = wanted.filter(level=level) if level else wanted
    wanted = wanted.filter(team=team) if team else wanted
    return present(wanted, now)


def present(people: Iterable[Person], now: datetime) -> list[Person]:
    """Return those of these people who are on shift and not away; two queries and that of `people`."""
    try:
        plan = plans.in_force(now)
    except plans.NoPlan:
        return []
    absent = absences_at(now)
    return [each for each in people if each.pk not in absent and works_at(plan, each, now)]


def next_on_duty(person: Person, now: datetime) -> datetime | None:
    """Return the first instant from `now` on at which this person works; None if that is not within 366 days."""
    try:
        plan = plans.in_force(now)
    except plans.NoPlan:
        return None
    hours, at = shifts.hours_of(plan, person.team, person.level), now
    coming = person.absences.filter(until__gt=now, cancelled_at=None).order_by("since")
    for absence in [*coming, None]:  # they do not overlap, so each is passed once
        opening = shifts.next_open(plan, hours, at)
        if opening is None or absence is None or opening < absence.since:
            return opening
        at = max(at, absence.until)
    return None
