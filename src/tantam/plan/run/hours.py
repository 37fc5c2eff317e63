"""Whether somebody is there now."""

from __future__ import annotations

from datetime import datetime

from tantam.plan.calendars import is_open, next_change
from tantam.plan.run.answers import Openness
from tantam.plan.sections import Plan


def open_now(plan: Plan, hours: str, *, now: datetime) -> Openness:
    """Return whether the hours `hours` are open at `now` (aware), until when, or when next.

    "" is always open. Raises UnknownName.
    """
    if not hours:
        return Openness(True)
    clock = plan.clock(hours)
    change = next_change(clock, now)
    if is_open(clock, now):
        return Openness(True, until=change)
    return Openness(False, next=change)
