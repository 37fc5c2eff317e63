"""Say that one is here, busy or gone."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.duty.models import Presence


def show_presence(person: Person, state: str) -> Presence:
    """Return the person's presence as they chose it. Raises Refused("unknown_value")."""
    if state not in Presence.State.values:
        raise Refused("unknown_value", got=state[:40])
    now = clock.now()
    made, _ = Presence.objects.update_or_create(person=person, defaults={"state": state, "seen_at": now})
    return made
