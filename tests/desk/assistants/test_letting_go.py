"""What assistants' calls leave behind is kept for as long as the plan says, and what they did in a case for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tantam.desk import plans
from tantam.desk.assistants import letting_go
from tantam.desk.assistants.models import Doing
from tantam.desk.common import clock as desk_clock
from tantam.desk.common import recurring
from tantam.desk.plans import RunningPlan, keeping
from tantam.desk.plans.models import PlanVersion
from tantam.plan.errors import Place
from tantam.plan.sections.clauses_care import Retention
from tantam.plan.tables.values import Family, Span
from tests.support import desk
from tests.support.clock import StandingClock

WEEK = Span(Family.CALENDAR, 7)


def _called(staff: desk.Staff) -> Doing:
    return Doing.objects.create(at=desk_clock.now(), person=staff.agent, token="ttm_abc", tool="decide", outcome="done")


def _with(plan: RunningPlan, **kept: Span | None) -> RunningPlan:
    clauses = {name: Retention("any", Place("plan.yaml", 1, 1), keep=keep) for name, keep in kept.items()}
    return RunningPlan(plan.row, replace(plan.plan, privacy=clauses))


def test_calls_are_kept_as_long_as_what_came_in(
    plan: RunningPlan, staff: desk.Staff, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letting_go, "MOST", 2)
    for _ in range(5):
        _called(staff)
    before = keeping.calls_before(plans.in_force(), clock.instant)
    assert before is not None and before == keeping.raw_before(plans.in_force(), clock.instant)
    clock.forward(seconds=int((clock.instant - before).total_seconds()))
    letting_go.let_go({})
    assert Doing.objects.count() == 5
    clock.forward(seconds=1)
    _called(staff)
    letting_go.let_go({})
    assert Doing.objects.count() == 1


def test_plan_says_how_long(plan: RunningPlan, clock: StandingClock) -> None:
    now = clock.instant
    assert keeping.calls_before(_with(plan, assistant_calls=WEEK), now) == now - timedelta(days=7)
    assert keeping.calls_before(_with(plan, conversations=WEEK), now) == now - timedelta(days=7)
    assert keeping.calls_before(_with(plan, assistant_calls=None, conversations=WEEK), now) is None


def test_it_is_done_by_itself(plan: RunningPlan) -> None:
    assert recurring.every(letting_go.LET_GO) == timedelta(hours=1)


def test_without_a_plan_all_stays(staff: desk.Staff, clock: StandingClock) -> None:
    _called(staff)
    PlanVersion.objects.all().delete()
    clock.forward(days=4000)
    letting_go.let_go({})
    assert Doing.objects.exists()
