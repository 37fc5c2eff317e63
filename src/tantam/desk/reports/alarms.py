"""The plan's alarms: the worker measures what the plan watches, and keeps which of them ring for every page to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tantam.desk import plans
from tantam.desk.common import clock
from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles_long
from tantam.desk.plans import NoPlan, RunningPlan
from tantam.desk.reports.actions import keep_ringing
from tantam.desk.reports.figures import figures
from tantam.desk.reports.models import RingingAlarm
from tantam.desk.reports.stretches import stretch
from tantam.history.measures import Definition, Kind

WATCH = "watch_alarms"
EVERY = timedelta(minutes=1)
WATCHED = "month"  # the stretch over which alarms are held

recurs(WATCH, EVERY)


@dataclass(frozen=True, slots=True)
class Alarm:
    """A measure that is where the plan says that it alarms. value: a share of 1, or minutes. n: how many were counted.

    hits: how many of them made the share, 0 for minutes. since: aware, when the worker first saw it ring.
    """

    definition: Definition
    value: float
    n: int
    hits: int
    since: datetime

    @property
    def kind(self) -> Kind:
        """What the value is."""
        return self.definition.kind


def alarms(plan: RunningPlan) -> tuple[Alarm, ...]:
    """Return what rings, in the plan's order, as the worker saw it last. One query at most."""
    watched = _watched(plan)
    if not watched:
        return ()
    rung = RingingAlarm.objects.in_bulk(watched)
    return tuple(
        Alarm(definition, rung[name].value, rung[name].n, rung[name].hits, rung[name].since)
        for name, definition in watched.items()
        if name in rung
    )


@handles_long(WATCH)
def do_watch(payload: Mapping[str, Any]) -> None:
    """Do the watching as due work."""
    watch()


def watch() -> None:
    """Measure what the plan in force watches; keep what rings, forget what does not. May run twice."""
    now = clock.now()
    try:
        plan = plans.in_force(now)
    except NoPlan:
        return
    watched, over = _watched(plan), stretch(WATCHED, now)
    asked = figures() if watched else None
    found = [asked.measured(each, over) for each in watched.values()] if asked else []
    keep_ringing([each for each in found if each.alarmed], now)


def _watched(plan: RunningPlan) -> dict[str, Definition]:
    return {name: each for name, each in plan.definitions.items() if each.alarm is not None}
