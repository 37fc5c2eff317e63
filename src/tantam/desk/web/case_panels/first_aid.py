"""What helps with the case's topic until somebody is there, as the customer was told."""

from __future__ import annotations

from collections.abc import Mapping

from tantam.desk.plans import helping
from tantam.desk.web.panels import Shown, panel


@panel("first_aid", "top", 9)
def aid(shown: Shown) -> Mapping[str, str] | None:
    """Return the plan's words with their clause, None where it has none or the case is settled; no query."""
    words = helping.first_aid(shown.plan, shown.case.topic, shown.lang)
    if not words or not shown.case.is_under_way:
        return None
    return {"words": words, "clause": f"topics.{shown.case.topic}"}
