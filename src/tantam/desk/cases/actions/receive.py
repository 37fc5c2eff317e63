"""Take in the customer's word on a case: clocks run again, and a resolved case reopens with new promises."""

from __future__ import annotations

from tantam.desk.cases.models import Case, Message


def receive(
    case: Case, body: str, *, channel: str, submission: str | None = None, message_id: str | None = None
) -> Message:
    """Return the message; the same submission or mail again gives the same message.

    Raises Refused: says_nothing, too_long.
    """
    raise NotImplementedError
