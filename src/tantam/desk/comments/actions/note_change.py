"""Note on its case that a comment was edited, or taken away, where it stands; what it said first is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from tantam.desk.cases import joined
from tantam.desk.cases.models import Actor
from tantam.desk.cases.said import MOST_CHARACTERS
from tantam.desk.comments.models import Comment


def note_edited(name: str, words: str, at: datetime) -> Comment | None:
    """Return the comment with its newest words; None for one that we do not know. The same again changes nothing."""
    text = words.strip()[:MOST_CHARACTERS]
    with transaction.atomic():
        comment = _known(name)
        if comment is None or text in ("", comment.edited or comment.message.body):
            return comment
        if comment.edited_at and at < comment.edited_at:
            return comment
        return _noted(comment, "comment_edited", edited=text, edited_at=at)


def note_removed(name: str, at: datetime) -> Comment | None:
    """Return the comment, which stands there no more; None for one that we do not know."""
    with transaction.atomic():
        comment = _known(name)
        if comment is None or comment.removed_at:
            return comment
        return _noted(comment, "comment_removed", removed_at=at)


def _known(name: str) -> Comment | None:
    held = Comment.objects.select_for_update(of=("self",)).select_related("message__case")
    return held.filter(name=name).first()


def _noted(comment: Comment, code: str, **changes: Any) -> Comment:
    """Keep what changed of the comment, with its event on the case that stands for its own."""
    for field, value in changes.items():
        setattr(comment, field, value)
    comment.save(update_fields=list(changes))
    joined.act_on_target(comment.message.case, Actor.CUSTOMER).append(code, message=comment.message_id)
    return comment
