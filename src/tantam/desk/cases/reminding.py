"""Who is told that something falls due, and when: never somebody who is off duty."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from tantam.desk import duty
from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person

NEAR = timedelta(hours=2)  # so much before it is due nobody else is told instead


class Reminded(NamedTuple):
    """Who is told, and when; `at` is never before now."""

    person: Person
    at: datetime


def whom(person: Person, level: str, *, now: datetime, due: datetime) -> Reminded | None:
    """Return who is reminded of what this person owes by `due`, and when; None if nobody ever works again.

    They themselves while they are on duty, or where they come back in time; else who stands in for them, else
    whoever of the level is on duty; else the first of all these who comes back.
    """
    if duty.on_shift(person, now):
        return Reminded(person, now)
    back = duty.next_on_duty(person, now)
    if back is not None and back <= due - NEAR:
        return Reminded(person, back)
    deputy = duty.stand_in(person, now)
    for each in (deputy, *duty.on_duty(now, level=level)):
        if each is not None and works_here(each) and duty.on_shift(each, now):
            return Reminded(each, now)
    return _first_back(person, deputy, now)


def _first_back(person: Person, deputy: Person | None, now: datetime) -> Reminded | None:
    coming = [Reminded(each, at) for each in (person, deputy) if each and (at := duty.next_on_duty(each, now))]
    return min(coming, key=lambda each: each.at, default=None)
