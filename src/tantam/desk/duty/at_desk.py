"""Whether somebody is at their desk: as they chose, and as long as their browser asks for something."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.duty.models import Presence

State = Presence.State
GONE_AFTER = timedelta(minutes=15)  # without a request
BACK_AFTER = timedelta(hours=4)  # who asks for something after so long begins a new day: here, whatever they chose
ONCE_A = timedelta(minutes=1)
_seen: dict[int, datetime] = {}  # by this process; what other processes saw stands in the row


def presence(person: Person, now: datetime) -> str:
    """Return "here", "busy" or "gone"; one query."""
    return state_of(Presence.objects.filter(person=person).first(), now)


def presences(now: datetime) -> dict[int, str]:
    """Return {person's id: state} of everybody who was ever seen; one query."""
    return {each.person_id: state_of(each, now) for each in Presence.objects.all()}


def state_of(known: Presence | None, now: datetime) -> str:
    """Return what a row says at `now`; who was never seen is gone."""
    if known is None or now - known.seen_at > GONE_AFTER:
        return State.GONE.value
    return str(known.state)


def see(person: Person) -> None:
    """Note that this person asked for something: at most one write a minute, and no query in between."""
    now = clock.now()
    last = _seen.get(person.pk)
    if last is not None and last <= now < last + ONCE_A:
        return
    _seen[person.pk] = now
    rows = Presence.objects.filter(person=person)
    if rows.filter(seen_at__lte=now - BACK_AFTER).update(state=State.HERE, seen_at=now):
        return
    if not rows.exclude(seen_at__gt=now - ONCE_A).update(seen_at=now):
        Presence.objects.bulk_create([Presence(person=person, seen_at=now)], ignore_conflicts=True)


def see_in(sender: object, user: Any, **_named: object) -> None:
    """Note that somebody signed in: they are here."""
    if isinstance(user, Person):
        now = clock.now()
        _seen[user.pk] = now
        Presence.objects.update_or_create(person=user, defaults={"state": State.HERE, "seen_at": now})
