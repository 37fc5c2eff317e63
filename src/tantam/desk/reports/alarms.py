"""The plan's alarms that ring: measures whose value of the last thirty days is where the plan says that it alarms."""

from __future__ import annotations

from datetime import datetime

from tantam.desk.plans import RunningPlan
from tantam.desk.reports.figures import figures
from tantam.desk.reports.memory import this_minute
from tantam.desk.reports.stretches import stretch
from tantam.history.measures import Measured

WATCHED = "month"  # the stretch over which alarms are held


def alarms(plan: RunningPlan, now: datetime) -> tuple[Measured, ...]:
    """Return the measures that alarm at this desk, in the plan's order; counted once a minute."""
    return this_minute("alarms", (plan.name, plan.timezone), now, lambda: _ringing(plan, now))


def _ringing(plan: RunningPlan, now: datetime) -> tuple[Measured, ...]:
    watched = [each for each in plan.definitions.values() if each.alarm is not None]
    if not watched:
        return ()
    asked, over = figures(), stretch(WATCHED, now)
    found = (asked.measured(each, over) for each in watched)
    return tuple(each for each in found if each.alarmed)
