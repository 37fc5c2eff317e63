"""Words for what became of a letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as noop

ICONS = {"bounced": "alert", "complained": "flag", "withheld": "lock"}
SENTENCES = {
    "bounced": noop("Our letter to %(customer)s did not arrive, and their address takes no other: call them"),
    "complained": noop("%(customer)s called a letter of ours unwanted; we send them answers only"),
    "withheld": noop("A letter did not go out: %(customer)s wants no more of such letters"),
}
STORY = frozenset(SENTENCES)
_ONCE = noop("Our letter to %(customer)s did not arrive this time: send it again, or call them")


def sentence(code: str, args: Mapping[str, Any]) -> str:
    """Return the sentence of a letter that came back for a reason that may pass, "" for all others."""
    return _ONCE if code == "bounced" and not args.get("lasting") else ""
