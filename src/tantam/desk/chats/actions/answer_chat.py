"""Answer in a chat: an ordinary reply, which goes at once, with its files."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import attachments
from tantam.desk.cases.actions import reply
from tantam.desk.cases.attachments import Brought
from tantam.desk.cases.models import Case, Message
from tantam.desk.chats.models import Visitor
from tantam.desk.chats.words import named


def answer_chat(
    case: Case, person: Person, body: str, *, submission: str | None = None, files: Sequence[Brought] = ()
) -> Message:
    """Return the message; the same submission again gives the same message. Files alone are said by their names.

    Who answers has read what stands above.

    Raises Refused: says_nothing, too_long, is_merged, not_allowed.
    """
    kept = [each for each in files if each.blob]
    with transaction.atomic():
        message = reply(case, person, body.strip() or named(kept), submission=submission)
        attachments.attach_once(message, kept)
        Visitor.objects.filter(case=case, read_by_us__lt=message.pk).update(read_by_us=message.pk)
        return message
