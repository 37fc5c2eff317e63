"""Say how many chats one takes at once."""

from __future__ import annotations

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.chats.models import Seat
from tantam.desk.common.errors import Refused

MOST = 20


def keep_seat(person: Person, most: int) -> Seat:
    """Return the seat. most: 0..MOST, 0 takes none. Raises Refused: unknown_value, not_allowed."""
    if not works_here(person):
        raise Refused("not_allowed")
    if not 0 <= most <= MOST:
        raise Refused("unknown_value", got=str(most)[:40])
    return Seat.objects.update_or_create(person=person, defaults={"most": most})[0]
