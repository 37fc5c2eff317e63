"""Who else has the case open, and whether they are answering it: on top of the conversation, and moving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk.cases import presence
from tantam.desk.web import live_mark
from tantam.desk.web.panels import Shown, panel
from tantam.desk.web.presence_words import said


@panel("looking", "top", 0)
def looking(shown: Shown) -> Mapping[str, Any]:
    """Return what is said of the others now; the page asks again by itself."""
    others = presence.others(shown.case, shown.person)
    typing = any(each.typing for each in others)
    last = shown.log.last_of(shown.case) if shown.log else None
    mark = live_mark.of_case(shown.case) if last is None else live_mark.of_event(last)
    return {"pk": shown.case.pk, "said": said(others), "typing": typing, "mark": mark}
