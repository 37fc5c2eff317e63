"""When the company answers its telephone by the plan, and by when a missed call is returned if no promise says."""

from __future__ import annotations

from datetime import datetime

from tantam.desk.plans.running import RunningPlan
from tantam.desk.plans.ways import PHONE, way_in
from tantam.plan import run
from tantam.plan.errors import NeverOpens

CALLED_BACK = 120  # open minutes on the telephone's hours, where the plan promises nothing; docs/reference/phone.md
TRIED_AGAIN = 60  # open minutes until the next try, where nobody says when


def hours(plan: RunningPlan) -> str:
    """Return the name of the hours at which the telephone is answered: its channel's, else those of the promises.

    "" is always.
    """
    channel = plan.plan.channels.get(way_in(plan, PHONE))
    return (channel.hours if channel else "") or plan.plan.promises.clock


def answered_at(plan: RunningPlan, at: datetime) -> bool:
    """Return whether somebody answers the telephone at `at` by the plan."""
    return run.open_now(plan.plan, hours(plan), now=at).open


def due_after(plan: RunningPlan, start: datetime, minutes: int) -> datetime:
    """Return when so many minutes of the telephone's hours have passed since `start`; of hours that never open, any."""
    try:
        return plan.due_again(hours(plan), start, minutes)
    except NeverOpens:
        return plan.due_again("", start, minutes)
