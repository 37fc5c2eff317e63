"""Resolve a case: the customer is told, and what was owed is kept."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case


def resolve(
    case: Case, person: Person, body: str = "", *, seen: int | None = None, handling_seconds: int | None = None
) -> Case:
    """Return the case, resolved. body: what the customer is told; "" sends the usual words.

    seen: the last event id that the person has read.
    Raises Refused: changed_meanwhile, already_resolved, too_long, not_allowed.
    """
    raise NotImplementedError
