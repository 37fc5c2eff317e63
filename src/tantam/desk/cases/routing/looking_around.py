"""What time alone brings about, looked for every few minutes: absences, promises nearly due, cases that lie."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tantam.desk import plans
from tantam.desk.cases.act import act_on
from tantam.desk.cases.actions.escalate import go_up
from tantam.desk.cases.models import RUNNING, Actor, Case, Promise
from tantam.desk.cases.routing.absence import cover_what_cannot_wait
from tantam.desk.cases.routing.watching import rising
from tantam.desk.cases.soon import is_soon, minutes_left
from tantam.desk.common import clock
from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles
from tantam.desk.plans import NoPlan
from tantam.desk.plans import routing as by_plan

LOOK_AROUND = "look_around"
EVERY = timedelta(minutes=5)
AHEAD = timedelta(days=5)  # of the calendar: an hour of open time never reaches over more closed days
AT_ONCE = 500

recurs(LOOK_AROUND, EVERY)


@handles(LOOK_AROUND)
def look_around(payload: Mapping[str, Any]) -> None:
    """Do what the time has come for; harmless at any time, and nothing before a plan is in force."""
    now = clock.now()
    try:
        plans.in_force(now)
    except NoPlan:
        return
    cover_what_cannot_wait(now)
    raise_what_is_nearly_due(now)
    raise_what_lies(now)


def raise_what_is_nearly_due(now: datetime) -> int:
    """Let cases go up whose promise is due within an hour, where their level says `soon`; each promise once."""
    plan = plans.in_force(now)
    levels = [each for each in plan.levels() if by_plan.above_for(plan, each, "soon")]
    if not levels:
        return 0
    near = Promise.objects.filter(RUNNING, due_at__gt=now, due_at__lte=now + AHEAD)
    found = near.filter(case__level__in=levels, case__status__in=Case.UNDER_WAY).order_by("due_at")
    return sum(_raised_for(each, now) for each in found.select_related("case")[:AT_ONCE])


def _raised_for(promise: Promise, now: datetime) -> bool:
    if not is_soon(minutes_left(promise, now)):
        return False
    with transaction.atomic():
        act = act_on(promise.case, Actor.PLAN)
        told = act.case.events.filter(code="escalated", args__promise=promise.pk).exists()
        still = Promise.objects.filter(RUNNING, pk=promise.pk).exists()
        names_it = by_plan.above_for(act.plan, act.case.level, "soon")
        return bool(names_it) and still and not told and go_up(act, "soon", promise=promise.pk)


def raise_what_lies(now: datetime) -> int:
    """Let cases go up that nobody moved for as long as their level's `after` says."""
    return sum(_raised(each, now) for each in rising(now)[:AT_ONCE])


def _raised(case: Case, now: datetime) -> bool:
    with transaction.atomic():
        act = act_on(case, Actor.PLAN)
        if not rising(now).filter(pk=act.case.pk).exists():
            return False
        return go_up(act, "unmoved")
