"""That a case stands under another version of the plan than the one in force, and the way to move it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk import plans
from tantam.desk.web.panels import Shown, panel


@panel("version", "right", 90)
def version(shown: Shown) -> Mapping[str, Any] | None:
    """Show the version of an open case to who may move it; None where the case stands under the one in force."""
    held = shown.case.plan_version_id
    is_open = shown.case.is_under_way
    if not is_open or held == shown.plan.number or not shown.person.manages:
        return None
    return {"case": shown.case, "held": plans.version(held), "in_force": shown.plan}
