"""Reopen a resolved case, with new promises by the plan in force."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Actor, Case


def reopen(case: Case, *, by: Actor = Actor.CUSTOMER, person: Person | None = None, reason: str = "") -> Case:
    """Return the case, open again at the level it had, with its owner.

    reason: their words, kept as a message of the customer or a note of the person.
    Raises Refused: not_resolved, too_long.
    """
    raise NotImplementedError
