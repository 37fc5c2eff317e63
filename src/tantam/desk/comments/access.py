"""Which comments belong to a case, and whether one may still be answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from tantam.desk.cases.models import Case, Message
from tantam.desk.comments.models import Comment

WAYS = ("facebook", "social", "messaging")  # how a plan may call comments as a channel
PRIVATELY = timedelta(days=7)  # since a comment, its writer may be written to once, unasked


def newest_of(case: Case) -> Comment | None:
    """Return the newest comment of the case's customer that still stands there; None for a case without one."""
    theirs = Comment.objects.filter(message__case=case, message__direction=Message.Direction.INCOMING, removed_at=None)
    return theirs.select_related("message").order_by("-id").first()


def answers(comment: Comment) -> Message | None:
    """Return the private message that answered a comment, sent or under way; there can be one."""
    return Message.objects.filter(case=comment.message.case_id, sent_to=private_address(comment)).first()


def may_be_private(comment: Comment, now: datetime) -> bool:
    """Whether its writer may be written to in private because of this comment: once, while it stands, for a week."""
    return comment.removed_at is None and now < comment.at + PRIVATELY and answers(comment) is None


def private_address(comment: Comment) -> str:
    """Return where a private answer to a comment goes, as the message keeps it."""
    return f"{comment.network}:{comment.name}"


def is_private_answer(address: str) -> bool:
    """Whether what goes there is the one private message that a comment allows."""
    return address.partition(":")[0] == WAYS[0]


def public_address(comment: Comment) -> str:
    """Return where a public answer goes, as the message keeps it."""
    return f"{comment.network}/{comment.name}"
