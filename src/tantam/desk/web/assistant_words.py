"""Words for what AI assistants do in a case's story."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as noop

ICONS = {
    "assistant_looked": "person",
    "assistant_refused": "cross",
    "assistant_drafted": "pen",
    "assistant_draft_sent": "send",
    "assistant_draft_thrown": "cross",
}
SENTENCES = {
    "assistant_looked": noop("%(who)s (AI) looked at what is on record"),
    "assistant_refused": noop("%(who)s (AI) asked for what it may not"),
    "assistant_drafted": noop("%(who)s (AI) wrote a draft"),
    "assistant_draft_sent": noop("%(who)s approved an assistant's draft and sent it"),
    "assistant_draft_thrown": noop("%(who)s threw an assistant's draft away"),
}
STORY = frozenset(SENTENCES) - {"assistant_looked"}
_CHANGED = noop("%(who)s changed an assistant's draft and sent it")


def sentence(code: str, args: Mapping[str, Any]) -> str:
    """Return the sentence of what is told in another way, "" for all others."""
    return _CHANGED if code == "assistant_draft_sent" and args.get("changed") else ""
