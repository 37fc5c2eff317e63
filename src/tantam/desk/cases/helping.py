"""What stands with every no, and with every confirmation, in the customer's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk.cases.models import Case
from tantam.desk.plans import RunningPlan, helping


def beside_no(case: Case, plan: RunningPlan, lang: str = "") -> Mapping[str, Any]:
    """Return what a no is told with: `instead`, what we can do, and `above`, who may decide otherwise, "" for nobody.

    Where nobody stands above: `last`, who decided, and `beyond`, where one may turn outside, "" where the plan is
    silent. lang: the case's unless given.
    """
    spoken = lang or case.language
    last, beyond = helping.beyond(plan, case.level, spoken)
    return {
        "instead": helping.instead(plan, case.topic, spoken),
        "above": helping.above(plan, case.level, spoken),
        "last": last,
        "beyond": beyond,
    }


def until_then(case: Case, plan: RunningPlan, lang: str = "") -> str:
    """Return what helps until somebody sees to the case, "" where the plan says nothing of it."""
    return helping.first_aid(plan, case.topic, lang or case.language)
