"""Holds providers to what the plan stops them for: the worker measures each, and stops who is beyond the bound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tantam.desk import plans
from tantam.desk.common import clock
from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles_long
from tantam.desk.plans import NoPlan, RunningPlan
from tantam.desk.plans.providers import Verdict, Watched, watched
from tantam.desk.providers.actions import Found, stop_provider
from tantam.desk.providers.stopping import last_lifted, stopped
from tantam.desk.reports.figures import Figures, figures
from tantam.desk.reports.stretches import Stretch, stretch
from tantam.history.events import DESK
from tantam.history.measures import Part

WATCH = "watch_providers"
EVERY = timedelta(hours=1)
OVER = "quarter"  # the stretch over which they are judged; after a stop was lifted, since then

recurs(WATCH, EVERY)


@handles_long(WATCH)
def do_watch(payload: Mapping[str, Any]) -> None:
    """Do the watching as due work."""
    watch()


def watch() -> None:
    """Measure whom the plan in force may stop, and stop who is beyond its bound. May run twice."""
    now = clock.now()
    try:
        plan = plans.in_force(now)
    except NoPlan:
        return
    held = stopped()
    serving = [each for each in watched(plan) if each.provider not in held]
    asked = figures() if serving else None
    for each in serving:
        if asked is not None:
            _hold(each, plan, asked, now)


def judged_over(provider: str, now: datetime) -> Stretch:
    """Return the stretch over which a provider is judged: a quarter, or since it was let serve again. One query."""
    usual, lifted = stretch(OVER, now), last_lifted(provider)
    if lifted is None or lifted.lifted_at is None or lifted.lifted_at <= usual.since:
        return usual
    return replace(usual, since=min(lifted.lifted_at, usual.until - timedelta(minutes=1)))


def _hold(each: Watched, plan: RunningPlan, asked: Figures, now: datetime) -> None:
    part = Part(source=DESK, provider=each.provider)
    found = asked.measured(plan.definitions[each.measure], judged_over(each.provider, now), part)
    if each.verdict(found.value, found.n) is Verdict.STOPS and found.value is not None:
        stop_provider(Found(each.provider, each.measure, found.value, found.n), plan, now)
