"""Who else has a case open, and whether they are answering it; what was seen a while ago means nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case, Looking
from tantam.desk.common import clock
from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles

FORGET = "forget_presence"
GONE = timedelta(seconds=20)  # a page that shows itself says so more often than this
STILL = timedelta(seconds=12)  # since the last key; then nobody is answering
SAID_AGAIN = timedelta(seconds=8)  # what is known already is not written again

recurs(FORGET, timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Other:
    """A colleague who has the case open. typing: pressed a key in the last STILL."""

    person: Person
    typing: bool


def looking(case: Case, person: Person) -> list[Other]:
    """Note that the person has the case open, and return who else has, those who type first.

    One read, and one write every SAID_AGAIN.
    """
    return _noted(case, person, ("seen_at",))


def typing(case: Case, person: Person) -> list[Other]:
    """Note that the person answers the case; otherwise as `looking`, and a write when they begin to type."""
    return _noted(case, person, ("seen_at", "typed_at"))


def others(case: Case, person: Person) -> list[Other]:
    """Return who else has the case open, without noting anything."""
    return _others(each for each in _there(case) if each.person_id != person.pk)


def leave(case: Case, person: Person) -> None:
    """Note that the person closed the case."""
    Looking.objects.filter(case=case, person=person).delete()


def forget() -> int:
    """Throw away who looked a while ago; return how many rows."""
    return Looking.objects.filter(seen_at__lt=clock.now() - 10 * GONE).delete()[0]


def _noted(case: Case, person: Person, marks: Iterable[str]) -> list[Other]:
    """Write now into the person's marks if one of them has none newer than SAID_AGAIN; return who else is there."""
    now = clock.now()
    seen = {each.person_id: each for each in _there(case)}
    mine = seen.pop(person.pk, None)
    told = {mark: mine and getattr(mine, mark) for mark in marks}
    if any(at is None or at < now - SAID_AGAIN for at in told.values()):
        Looking.objects.update_or_create(case=case, person=person, defaults=dict.fromkeys(told, now))
    return _others(seen.values())


def _there(case: Case) -> QuerySet[Looking]:
    return Looking.objects.filter(case=case, seen_at__gt=clock.now() - GONE).select_related("person")


def _others(rows: Iterable[Looking]) -> list[Other]:
    now = clock.now()
    found = [Other(each.person, bool(each.typed_at and each.typed_at > now - STILL)) for each in rows]
    return sorted(found, key=lambda other: (not other.typing, other.person.name))


@handles(FORGET)
def _forgotten(payload: Mapping[str, Any]) -> None:
    forget()
