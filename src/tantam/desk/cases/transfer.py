"""Moves messages from one case to another, with what hangs on them, and notes the last words on both."""

from __future__ import annotations

from collections.abc import Iterable

from tantam.desk.cases import said
from tantam.desk.cases.act import Act
from tantam.desk.cases.models import Attachment, Message, Pin


def move(to: Act, away: Act, messages: Iterable[int]) -> list[int]:
    """Show these messages in the case of `to` and no longer in that of `away`; return the ids of those that moved."""
    moved = list(away.case.messages.filter(pk__in=list(messages)).order_by("id").values_list("pk", flat=True))
    if moved:
        Message.objects.filter(pk__in=moved).update(case=to.case)
        Attachment.objects.filter(message__in=moved).update(case=to.case)
        Pin.objects.filter(message__in=moved).update(case=to.case)
        _last_words(to)
        _last_words(away)
    return moved


def _last_words(act: Act) -> None:
    """Repeat on the case what was said last by its customer or a colleague."""
    spoken = act.case.messages.exclude(direction=Message.Direction.NOTE)
    last = spoken.exclude(direction=Message.Direction.OUTGOING, author=None).order_by("-written_at", "-id").first()
    if last is not None:
        words = said.first_line(last.body, said.LAST_WORDS)
        act.save(last_at=last.written_at, last_words=words, last_direction=last.direction)
