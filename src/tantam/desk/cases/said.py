"""What was said in a case: cleaned, written once for each submission, and repeated on the case for the inbox."""

from __future__ import annotations

import hashlib

from tantam.desk.cases.act import Act
from tantam.desk.cases.models import Case, Message
from tantam.desk.common.errors import Refused
from tantam.desk.common.rows import insert

MOST_CHARACTERS = 20_000
LAST_WORDS = 160
SUBJECT = 200

Direction = Message.Direction


def clean(body: str) -> str:
    """Return the text without what no database keeps and no reader sees. Raises Refused: says_nothing, too_long."""
    text = body.replace("\x00", "").replace("\r\n", "\n").strip()
    if not text:
        raise Refused("says_nothing")
    if len(text) > MOST_CHARACTERS:
        raise Refused("too_long", most=MOST_CHARACTERS)
    return text


def clean_short(words: str, most: int) -> str:
    """Return the words on one line. Raises Refused: says_nothing, too_long (`most` characters)."""
    text = " ".join(words.replace("\x00", "").split())
    if not text:
        raise Refused("says_nothing")
    if len(text) > most:
        raise Refused("too_long", most=most)
    return text


def why(reason: str) -> str:
    """Return the reason that a customer reads, without spaces around it. Raises Refused("needs_reason")."""
    text = reason.replace("\x00", "").strip()
    if not text:
        raise Refused("needs_reason")
    return text


def first_line(text: str, most: int) -> str:
    """Return the first line, shortened at a word to `most` characters with an ellipsis."""
    line = " ".join(text.split("\n", 1)[0].split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut) + "…"


def once(scope: object, submission: str | None) -> str | None:
    """Return the key under which a form's submission is kept; the same form on another case is another key."""
    return hashlib.sha256(f"{scope}:{submission}".encode()).hexdigest() if submission else None


def already(act: Act, submission: str | None) -> Message | None:
    """Return the message that this submission wrote before, if it did."""
    key = once(act.case.pk, submission)
    return Message.objects.filter(submission=key).first() if key else None


def first_of(case: Case) -> Message | None:
    """Return what its customer said first; None where a colleague or the plan began it without their words."""
    return case.messages.filter(direction=Direction.INCOMING).order_by("id").first()


def write(act: Act, message: Message) -> Message:
    """Keep the message (its body is clean) and note it on the case as the last words said, unless the desk wrote it."""
    message.case, message.written_at = act.case, act.now
    insert([message])
    if message.direction == Direction.INCOMING or message.author_id is not None and message.direction != Direction.NOTE:
        act.save(last_at=act.now, last_words=first_line(message.body, LAST_WORDS), last_direction=message.direction)
    return message


def note_down(act: Act, body: str, *, handling_seconds: int | None = None, submission: str | None = None) -> Message:
    """Keep a note of the person who acts, with its event. Raises Refused: says_nothing, too_long."""
    note = Message(
        direction=Direction.NOTE,
        author=act.person,
        channel="desk",
        body=clean(body),
        submission=once(act.case.pk, submission),
    )
    write(act, note)
    act.append("noted", message=note.pk, handling_seconds=handling_seconds)
    return note


def hear(act: Act, body: str, *, channel: str, submission: str | None = None, message_id: str | None = None) -> Message:
    """Keep what the customer said, with its event. Raises Refused: says_nothing, too_long."""
    message = Message(
        direction=Direction.INCOMING,
        channel=channel,
        body=clean(body),
        submission=once(act.case.pk, submission),
        message_id=message_id or None,
    )
    write(act, message)
    act.append("received", message=message.pk, channel=channel)
    return message
