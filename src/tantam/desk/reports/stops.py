"""Holds providers to what the plan stops them for: the worker measures each, and stops who is beyond the bound.

Managers are told of it, and of who is near it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tantam.desk import plans
from tantam.desk.accounts.models import Person, Role
from tantam.desk.common import clock
from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles_long
from tantam.desk.notices import of_providers
from tantam.desk.plans import NoPlan, RunningPlan
from tantam.desk.plans.providers import Verdict, Watched, watched
from tantam.desk.providers.actions import Found, stop_provider
from tantam.desk.providers.stopping import last_lifted, stopped, stops
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
    """Measure whom the plan in force may stop, stop who is beyond its bound, and tell managers. May run twice."""
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
    for name, stop in stops().items():
        of_providers.tell(of_providers.stopped(name, stop.measure, stop.pk), now)


def judged_over(provider: str, now: datetime) -> Stretch:
    """Return the stretch over which a provider is judged: a quarter, or since it was let serve again. One query."""
    usual, lifted = stretch(OVER, now), last_lifted(provider)
    if lifted is None or lifted.lifted_at is None or lifted.lifted_at <= usual.since:
        return usual
    return replace(usual, since=min(lifted.lifted_at, usual.until - timedelta(minutes=1)))


def parts_of(provider: str, *, program: bool) -> list[Part]:
    """Return whose cases count for a provider: those in its queue; of a program, those in which each account wrote."""
    if not program:
        return [Part(source=DESK, provider=provider)]
    accounts = Person.objects.filter(role=Role.ASSISTANT, provider=provider).order_by("pk")
    return [Part(source=DESK, helper=str(pk)) for pk in accounts.values_list("pk", flat=True)]


def _hold(each: Watched, plan: RunningPlan, asked: Figures, now: datetime) -> None:
    over = judged_over(each.provider, now)
    for part in parts_of(each.provider, program=each.program):
        found = asked.measured(plan.definitions[each.measure], over, part)
        match each.verdict(found.value, found.n):
            case Verdict.STOPS if found.value is not None:
                stop_provider(Found(each.provider, each.measure, found.value, found.n), plan, now)
            case Verdict.NEAR:
                of_providers.tell(of_providers.near(each.provider, each.measure, now), now)
            case _:
                continue
