"""Words for comments in public: what became of one, in a case's story."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as noop

ICONS = {"comment_edited": "pen", "comment_removed": "undo"}
SENTENCES = {
    "comment_edited": noop("%(customer)s edited their comment"),
    "comment_removed": noop("%(customer)s's comment stands in public no more"),
}
STORY = frozenset(SENTENCES)
_PUBLICLY = noop("%(who)s replied in public")


def sentence(code: str, args: Mapping[str, Any]) -> str:
    """Return the sentence of what is told in another way, "" for all others."""
    return _PUBLICLY if code == "replied" and args.get("public") else ""
