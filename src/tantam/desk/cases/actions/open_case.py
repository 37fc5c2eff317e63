"""Open a case: where it belongs, what is owed, the first words, and a confirmation with the private link."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.models import Actor, Case


def open_case(concern: Concern, *, by: Actor = Actor.CUSTOMER, person: Person | None = None) -> Case:
    """Return the new case; for a submission or mail that already opened one, that case.

    by, person: who brought it to the desk. Raises NoPlan, Refused("says_nothing"), Refused("too_long").
    """
    raise NotImplementedError
