"""Below the composer, on a case that began in public: an answer that everybody reads, apart from the private one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk.comments.access import WAYS, may_be_private, newest_of
from tantam.desk.comments.actions.answer_publicly import MOST_CHARACTERS
from tantam.desk.comments.looking import found_in
from tantam.desk.comments.models import Comment
from tantam.desk.web.panels import Shown, panel

VERB = "answer_it"


@panel("answer_comment", "composer", 30)
def answer_comment(shown: Shown) -> Mapping[str, Any] | None:
    """Return the form of a public answer, with what was typed and what in it is nobody else's business."""
    if shown.case.channel not in WAYS or (comment := newest_of(shown.case)) is None:
        return None
    refused = shown.typed.verb == VERB
    body = shown.typed.fields.get("public", "") if refused else ""
    return {
        "case": shown.case,
        "error": shown.typed.error if refused else "",
        "body": body,
        "known": found_in(body, shown.case) if refused else (),
        "most": MOST_CHARACTERS,
        "words": comment.edited or comment.message.body,
        "private": _private(comment, shown),
    }


def _private(comment: Comment, shown: Shown) -> bool:
    """Whether an answer in the composer above goes to them by Messenger because of this comment."""
    return may_be_private(comment, shown.now)
