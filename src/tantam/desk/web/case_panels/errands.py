"""What a provider was asked to do on the case, by when, and how it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk.errands.access import last_of
from tantam.desk.errands.models import Errand
from tantam.desk.plans.providers import called, outside
from tantam.desk.plans.seeing import sees_house
from tantam.desk.web.panels import Shown, panel


@panel("errands", "right", 27)
def show(shown: Shown) -> Mapping[str, Any] | None:
    """Return what was asked last, and to whom the case may be handed; a query where something was asked."""
    house = sees_house(shown.person)
    errand = _last(shown)
    is_open = errand is not None and errand.is_open
    may_ask = house and not is_open and shown.case.is_under_way and not shown.case.department
    choices = outside(shown.plan, shown.lang) if may_ask else ()
    if errand is None and not choices:
        return None
    return {
        "case": shown.case,
        "errand": errand,
        "provider": called(shown.plan, errand.provider, shown.lang) if errand else "",
        "open": is_open,
        "late": errand is not None and shown.now > errand.due_at and (is_open or errand.late_at is not None),
        "house": house,
        "choices": choices,
        "seen": shown.log.newest[0].pk if shown.log and shown.log.newest else "",
        "typed": shown.typed if shown.typed.verb in ("hand_to_provider_it", "hand_back_it") else None,
    }


def _last(shown: Shown) -> Errand | None:
    """Return the newest errand; no query for a case whose whole log knows none."""
    log = shown.log
    if log is not None and log.whole and not log.of(("errand_asked",), shown.case):
        return None
    return last_of(shown.case)
