"""How near is soon: the last hour before something is due, for chips, groups, sleep and late changes alike."""

from __future__ import annotations

from datetime import datetime, timedelta

from tantam.desk import plans
from tantam.desk.cases.models import Promise

SOON = timedelta(hours=1)


def minutes_left(promise: Promise, now: datetime) -> int:
    """Return the open minutes from `now` until it is due, on its own clock, >= 0."""
    return plans.version(promise.plan_version_id).minutes_left(promise.clock, now, promise.due_at)


def is_soon(minutes: int) -> bool:
    """Whether so few open minutes are left that a running promise is due soon."""
    return minutes <= SOON // timedelta(minutes=1)
