"""When the company answers its telephone by the plan, and by when a missed call is returned if no promise says."""

from __future__ import annotations

from datetime import UTC, datetime

from tantam.desk.plans.running import RunningPlan
from tantam.desk.plans.ways import PHONE, way_in
from tantam.plan import run
from tantam.plan.errors import NeverOpens
from tantam.plan.run import unsaid
from tantam.plan.tables.values import Span


def hours(plan: RunningPlan) -> str:
    """Return the name of the hours at which the telephone is answered: its channel's, else those of the promises.

    "" is always.
    """
    channel = plan.plan.channels.get(way_in(plan, PHONE))
    return (channel.hours if channel else "") or plan.plan.promises.clock


def answered_at(plan: RunningPlan, at: datetime) -> bool:
    """Return whether somebody answers the telephone at `at` by the plan."""
    return run.open_now(plan.plan, hours(plan), now=at).open


def called_back(plan: RunningPlan, start: datetime) -> datetime:
    """Return by when a call that was missed at `start` is returned, where the plan promises nothing of it."""
    return _after(plan, start, unsaid.CALLED_BACK)


def tried_again(plan: RunningPlan, start: datetime) -> datetime:
    """Return when somebody who was not reached at `start` is called once more, where nobody says when."""
    return _after(plan, start, unsaid.tries_again(plan.plan, way_in(plan, PHONE)))


def _after(plan: RunningPlan, start: datetime, span: Span) -> datetime:
    """Return when a time of the telephone's hours has passed since `start`; of hours that never open, any time."""
    try:
        return run.due_at(plan.plan, start, span, hours(plan)).astimezone(UTC)
    except NeverOpens:
        return run.due_at(plan.plan, start, span, "").astimezone(UTC)
