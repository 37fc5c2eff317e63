"""Words for what people ask about their own data: the events, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as noop

from tantam.desk.privacy.models import Request

SENTENCES = {
    "privacy_asked": noop("Asked about their own data: %(data_asked)s"),
    "privacy_proven": noop("%(who)s made sure who asks"),
    "privacy_longer": noop("%(who)s took longer for it: the customer is told why"),
    "privacy_ended": noop("%(who)s ended it: %(data_ended)s"),
}
ICONS = {"privacy_asked": "ask", "privacy_proven": "check", "privacy_longer": "clock", "privacy_ended": "flag"}
STORY = frozenset(SENTENCES)


def arguments(args: Mapping[str, Any]) -> dict[str, str]:
    """Return what these events name, in words."""
    kind, result = str(args.get("kind", "")), str(args.get("result", ""))
    kinds, results = dict(Request.Kind.choices), dict(Request.Result.choices)
    return {"data_asked": str(kinds.get(kind, "–")), "data_ended": str(results.get(result, "–"))}
