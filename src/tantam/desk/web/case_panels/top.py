"""On top of the conversation: that the case sleeps, and what colleagues pinned there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk.cases import sleep
from tantam.desk.cases.models import Pin
from tantam.desk.web.panels import Shown, panel


@panel("asleep", "top", 5)
def asleep(shown: Shown) -> Mapping[str, Any] | None:
    """Return until when it sleeps, and by when it wakes at the latest."""
    if not sleep.sleeps(shown.case):
        return None
    until, at = shown.case.snoozed_until, sleep.wakes_at(shown.case)
    return {"until": until, "sooner": at if at != until else None}


@panel("pins", "top", 10)
def pins(shown: Shown) -> Mapping[str, Any] | None:
    """Return highlights, open questions and settled ones, oldest first; one query."""
    found = list(shown.case.pins.select_related("person").order_by("id"))
    if not found:
        return None
    return {
        "highlights": [each for each in found if each.kind == Pin.Kind.HIGHLIGHT],
        "questions": [each for each in found if each.kind == Pin.Kind.QUESTION and each.settled_at is None],
        "settled": [each for each in found if each.kind == Pin.Kind.QUESTION and each.settled_at is not None],
    }
