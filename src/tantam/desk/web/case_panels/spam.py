"""On top of a settled case: that a colleague called it spam, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk.spam.access import called_spam
from tantam.desk.web.panels import Shown, panel


@panel("spam", "top", 4)
def called(shown: Shown) -> Mapping[str, Any] | None:
    """Return whose word it is; nothing is asked of a case that is under way."""
    if shown.case.is_under_way:
        return None
    mark = called_spam(shown.case)
    return {"case": shown.case, "mark": mark, "may": shown.person.acts} if mark else None
