"""Whether somebody is at their desk: as they chose, and as long as their browser asks for something."""

from __future__ import annotations

from datetime import datetime, timedelta

from tantam.desk.accounts.models import Person
from tantam.desk.duty.models import Presence

State = Presence.State
GONE_AFTER = timedelta(minutes=15)  # without a request


def presence(person: Person, now: datetime) -> str:
    """Return "here", "busy" or "gone"; one query, none if `presence` was selected along."""
    known = Presence.objects.filter(person=person).first()
    return state_of(known, now)


def state_of(known: Presence | None, now: datetime) -> str:
    """Return what a row says at `now`; who was never seen is gone."""
    if known is None or now - known.seen_at > GONE_AFTER:
        return State.GONE.value
    return str(known.state)
