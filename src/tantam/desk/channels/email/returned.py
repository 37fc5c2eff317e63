"""What became of letters of ours, as mail servers report it: noted on the case of the letter that the report names.

Only who got a letter, or carried it, knows its Message-ID: a report that names none of ours changes nothing.
"""

from __future__ import annotations

from tantam.desk.cases.actions.note_return import note_complaint, note_return
from tantam.desk.cases.models import Message
from tantam.desk.cases.said import Direction
from tantam.desk.channels.email.machine import Machine
from tantam.desk.channels.email.reading import ReadMail

DELAYED = "delayed"  # the server goes on trying, and reports again


def note(mail: ReadMail) -> None:
    """Note what the mail reports, if it reports of a letter of ours."""
    if mail.bounce is None or mail.bounce.action == DELAYED:
        return
    ours = Message.objects.filter(message_id=mail.bounce.message_id or None, direction=Direction.OUTGOING)
    letter = ours.select_related("case").first()
    if letter is None:
        return
    match mail.machine:
        case Machine.BOUNCE_HARD:
            note_return(letter, lasting=True, status=mail.bounce.status)
        case Machine.BOUNCE_SOFT:
            note_return(letter, lasting=False, status=mail.bounce.status)
        case Machine.COMPLAINT:
            note_complaint(letter, kind=mail.bounce.action)
        case _:
            pass
