"""Hand a case over to a colleague, or to a level where somebody will take it."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case


def hand_over(case: Case, person: Person, to: Person | str, *, note: str = "", seen: int | None = None) -> Case:
    """Return the case, owned by `to`, or by nobody and at the level that `to` names.

    note: for colleagues; kept as an internal note. seen: the last event id that the person has read.
    Raises Refused: changed_meanwhile, unknown_level, beyond_level, already_resolved, not_allowed.
    """
    raise NotImplementedError
