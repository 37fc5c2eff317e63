"""Escalate a case to the level above, by the plan."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case


def escalate(case: Case, person: Person, *, reason: str = "asked", note: str = "") -> Case:
    """Return the case one level up. Its owner stays visible.

    reason: `asked`, `authority` or `missed`, which the plan may answer differently; note: for colleagues.
    Raises Refused: no_level_above, already_resolved, too_long, not_allowed.
    """
    raise NotImplementedError
