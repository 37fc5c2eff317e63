"""Words for chats: what happened at the window, in a case's story."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as noop

ICONS = {"chat_unread": "chat", "chat_mailed": "mail", "chat_ended": "chat"}
SENTENCES = {
    "chat_unread": noop("%(customer)s left before reading this, and gave no mail address"),
    "chat_mailed": noop("%(who)s went on by mail"),
    "chat_ended": noop("%(customer)s ended the chat"),
}
STORY = frozenset(SENTENCES)
_CLOSED = noop("The hours of the chat ended; it goes on by mail")


def sentence(code: str, args: Mapping[str, Any]) -> str:
    """Return the sentence of what is told in another way, "" for all others."""
    return _CLOSED if code == "chat_mailed" and args.get("reason") == "closed" else ""
