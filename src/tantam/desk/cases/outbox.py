"""What is said to customers: written with the case, delivered afterwards, at least once, under one Message-ID."""

from __future__ import annotations

from datetime import datetime

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case, Message

DELIVER = "deliver_message"  # work whose payload is {"message": id}; the mail channel does it


def post(
    case: Case, body: str, *, now: datetime, author: Person | None = None, submission: str | None = None
) -> Message:
    """Write a message to the customer and ask for its delivery, in the caller's transaction.

    It goes to their mail address; who has none reads it under their private link.
    """
    raise NotImplementedError


def to_deliver(message_id: int) -> Message | None:
    """Return the message with case and customer if it is still to be delivered, else None."""
    raise NotImplementedError


def delivered(message: Message, now: datetime) -> None:
    """Note that the message was handed over, with its event; a second time changes nothing."""
    raise NotImplementedError
