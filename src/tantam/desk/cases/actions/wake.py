"""Wake a case that sleeps."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import sleep
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused


def wake(case: Case, person: Person) -> Case:
    """Return the case, awake. Raises Refused: not_asleep, not_allowed."""
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        if not sleep.wake_up(act, "hand"):
            raise Refused("not_asleep")
        return act.case
