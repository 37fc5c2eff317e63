"""Ask the customer for what is missing: their answer is waited for, and the clocks that may pause do."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case, Message


def ask_customer(
    case: Case, person: Person, body: str, *, handling_seconds: int | None = None, submission: str | None = None
) -> Message:
    """Return the question as a message. It is also a reply.

    Raises Refused: says_nothing, too_long, already_resolved, not_allowed.
    """
    raise NotImplementedError
