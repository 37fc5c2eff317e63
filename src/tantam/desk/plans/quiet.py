"""Until when the plan in force keeps words from a customer, by the clocks where they live."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tantam.desk.plans.running import RunningPlan
from tantam.plan.run import quiet


def ends(plan: RunningPlan, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Return when the quiet hours end that it is now in the zone; None outside of them."""
    return quiet.quiet_until(plan.plan, zone.key, now=now)


def has_any(plan: RunningPlan) -> bool:
    """Return whether the plan has quiet hours at all."""
    return plan.plan.courtesy.quiet is not None


def goes_out_anyway(plan: RunningPlan, severity: str) -> bool:
    """Return whether the plan lets what is so severe go out in them, too."""
    return quiet.goes_out_anyway(plan.plan, severity)


def is_awake(plan: RunningPlan, wrote: datetime, now: datetime) -> bool:
    """Return whether somebody who was heard of then is still answered at once."""
    return quiet.is_awake(plan.plan, wrote=wrote, now=now)


def city(plan: RunningPlan, zone: ZoneInfo, lang: str) -> str:
    """Return the city that people name a zone by."""
    from tantam.plan.publish.contents import hours  # what publishes is not loaded by whoever only sends
    from tantam.plan.publish.speech import Speech

    return hours.city(Speech(plan.plan, lang), zone.key)
