"""Until when the plan's quiet hours keep something from a customer, by the clocks where they live."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from tantam.plan.calendars import Hours, is_open, next_change
from tantam.plan.run.promises import due_at
from tantam.plan.run.unsaid import awake
from tantam.plan.sections import Plan


def quiet_until(plan: Plan, zone: str, *, now: datetime) -> datetime | None:
    """Return when the quiet hours end that it is now in `zone` (an IANA name); None outside of them.

    now: aware; the result is in UTC. Hours that never end keep nothing back.
    """
    quiet = plan.courtesy.quiet
    if quiet is None:
        return None
    hours = _elsewhere(plan.clock(quiet.hours), zone)
    ends = next_change(hours, now) if is_open(hours, now) else None
    return ends.astimezone(UTC) if ends else None


def goes_out_anyway(plan: Plan, severity: str) -> bool:
    """Return whether the plan lets what is so severe go out in its quiet hours, too."""
    quiet = plan.courtesy.quiet
    return quiet is not None and severity in quiet.but


def is_awake(plan: Plan, *, wrote: datetime, now: datetime) -> bool:
    """Return whether somebody who wrote then is still answered at once. Both aware."""
    return now < due_at(plan, wrote, awake(plan), "")


@lru_cache(maxsize=512)
def _elsewhere(hours: Hours, zone: str) -> Hours:
    return hours if hours.zone == zone else hours.elsewhere(zone)
