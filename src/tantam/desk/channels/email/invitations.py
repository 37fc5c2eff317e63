"""Puts the invitation of an appointment into the mail that confirms, moves or cancels it."""

from __future__ import annotations

from email.message import EmailMessage

from tantam.desk.cases.invites import invite_of
from tantam.desk.cases.models import Message

FILE = "appointment.ics"


def attach_invitation(mail: EmailMessage, message: Message) -> None:
    """Attach the message's invitation, if it has one, as calendar programs look for it."""
    invite = invite_of(message)
    if invite is not None:
        mail.add_attachment(invite.text, subtype="calendar", params={"method": invite.method}, filename=FILE)
