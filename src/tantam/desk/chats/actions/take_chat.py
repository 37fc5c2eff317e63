"""Take a chat: as any case is taken, by who is at their desk and has room for one more."""

from __future__ import annotations

from django.db import transaction

from tantam.desk import duty
from tantam.desk.accounts.models import Person
from tantam.desk.cases.actions import take
from tantam.desk.cases.models import Case
from tantam.desk.chats.access import most_of, taken_by
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.locks import one_at_a_time


def take_chat(case: Case, person: Person) -> Case:
    """Return the case, owned by this person. Taking it twice is harmless.

    Raises Refused: chat_busy, chats_full, has_owner, beyond_level, already_resolved, not_allowed.
    """
    with transaction.atomic():
        one_at_a_time(f"seat:{person.pk}")
        if case.owner_id != person.pk:
            if duty.presence(person, clock.now()) == "busy":
                raise Refused("chat_busy")
            if taken_by(person) >= (most := most_of(person)):
                raise Refused("chats_full", most=most)
        return take(case, person)
