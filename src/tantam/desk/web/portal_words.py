"""Words for what customers say on their own page: to a decision, and of how they were served."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

ICONS = {
    "accepted": "check",
    "unaccepted": "undo",
    "disputed": "up",
    "undisputed": "undo",
    "rated": "heart",
    "rating_asked": "ask",
    "follow_up_begun": "phone",
    "follow_up_ended": "check",
}
SENTENCES = {
    "accepted": noop("%(customer)s accepts the decision: %(policy)s"),
    "unaccepted": noop("%(customer)s no longer accepts the decision: %(policy)s"),
    "disputed": noop("%(customer)s disputes the decision: %(policy)s"),
    "undisputed": noop("%(customer)s no longer disputes the decision: %(policy)s"),
    "rated": noop("%(customer)s says how it was: %(score)s of %(high)s"),
    "rating_asked": noop("%(customer)s was asked by letter how it was"),
    "follow_up_begun": noop("%(customer)s is to be called, as the plan has it"),
    "follow_up_ended": noop("%(who)s notes what came of the call: %(result)s"),
}
STORY = frozenset(SENTENCES)


_RESULTS = {
    "satisfied": noop("satisfied"),
    "complaint": noop("a complaint"),
    "renewed": noop("renewed"),
    "referred": noop("recommends us"),
    "not_reached": noop("not reached"),
}


def arguments(args: Mapping[str, Any]) -> dict[str, str]:
    """Return what these events name."""
    result = _RESULTS.get(str(args.get("result", "")), "–")
    return {"score": str(args.get("score", "–")), "high": str(args.get("high", "–")), "result": gettext(result)}
