"""Words for what customers say on their own page: to a decision, and of how they were served."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as noop

ICONS = {
    "accepted": "check",
    "unaccepted": "undo",
    "disputed": "up",
    "undisputed": "undo",
    "rated": "heart",
    "rating_asked": "ask",
}
SENTENCES = {
    "accepted": noop("%(customer)s accepts the decision: %(policy)s"),
    "unaccepted": noop("%(customer)s no longer accepts the decision: %(policy)s"),
    "disputed": noop("%(customer)s disputes the decision: %(policy)s"),
    "undisputed": noop("%(customer)s no longer disputes the decision: %(policy)s"),
    "rated": noop("%(customer)s says how it was: %(score)s of %(high)s"),
    "rating_asked": noop("%(customer)s was asked by letter how it was"),
}
STORY = frozenset(SENTENCES)


def arguments(args: Mapping[str, Any]) -> dict[str, str]:
    """Return what these events name."""
    return {"score": str(args.get("score", "–")), "high": str(args.get("high", "–"))}
