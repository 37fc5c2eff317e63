"""What was asked to be approved on this case, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk.claims.access import approvals_for
from tantam.desk.web.approval_cards import card
from tantam.desk.web.panels import Shown, panel

MOST = 6
RELATED = ("case__customer", "claim", "asked_by", "decided_by")


@panel("approvals", "right", 32)
def show(shown: Shown) -> Mapping[str, Any] | None:
    """Return the case's requests, the newest first; nothing where none was ever made."""
    if not shown.case.claims.all():
        return None
    found = approvals_for(shown.person).filter(case=shown.case).select_related(*RELATED).order_by("-id")[:MOST]
    cards = [card(each, shown.person, shown.plan, shown.lang) for each in found]
    return {"cards": cards, "waits": any(each.waits for each in cards)} if cards else None
