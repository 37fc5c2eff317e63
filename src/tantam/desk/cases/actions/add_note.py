"""Write a note that only colleagues read."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case, Message


def add_note(
    case: Case, person: Person, body: str, *, handling_seconds: int | None = None, submission: str | None = None
) -> Message:
    """Return the note. Raises Refused: says_nothing, too_long, not_allowed."""
    raise NotImplementedError
