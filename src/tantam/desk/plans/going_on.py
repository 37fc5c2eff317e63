"""How long after a case was settled its customer goes on in it where talks have no thread: chats and networks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tantam.desk.plans.running import RunningPlan
from tantam.plan import run
from tantam.plan.run import unsaid


def goes_on(plan: RunningPlan, names: Iterable[str], settled: datetime | None, now: datetime) -> bool:
    """Return whether what comes now belongs to a case settled then; always while it is not settled.

    names: how a plan may call the channel; the first that it has counts.
    """
    if settled is None:
        return True
    name = next((each for each in names if each in plan.plan.channels), "")
    return now < run.due_at(plan.plan, settled, unsaid.goes_on(plan.plan, name), "")
