"""Hand a chat over to a colleague who has room for one more."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.actions import hand_over
from tantam.desk.cases.models import Case
from tantam.desk.chats.access import most_of, taken_by
from tantam.desk.common.errors import Refused
from tantam.desk.common.locks import one_at_a_time


def hand_chat(case: Case, person: Person, to: Person) -> Case:
    """Return the case, owned by `to`; the customer is told who looks after them now.

    Raises Refused: chats_full_there, beyond_level, not_theirs, already_resolved, not_allowed.
    """
    with transaction.atomic():
        one_at_a_time(f"seat:{to.pk}")
        if taken_by(to) >= (most := most_of(to)):
            raise Refused("chats_full_there", name=to.name, most=most)
        return hand_over(case, person, to)
