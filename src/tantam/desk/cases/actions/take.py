"""Take a case: from now on this person answers for it."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case


def take(case: Case, person: Person) -> Case:
    """Return the case with `person` as its owner. Taking it twice is harmless.

    Raises Refused: has_owner, beyond_level, already_resolved, not_allowed.
    """
    raise NotImplementedError
