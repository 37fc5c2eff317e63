"""Answer the customer: keeps the promise of a first reply, and of an update."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case, Message


def reply(
    case: Case, person: Person, body: str, *, handling_seconds: int | None = None, submission: str | None = None
) -> Message:
    """Return the message; the same submission again gives the same message. An unowned case becomes this person's.

    Raises Refused: says_nothing, too_long, not_allowed.
    """
    raise NotImplementedError
