"""Alarms as the worker keeps them: since when they ring, and that they end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tantam.desk import plans
from tantam.desk.cases.actions import break_promise, reply
from tantam.desk.cases.models import Promise
from tantam.desk.common import recurring
from tantam.desk.common.models import DueWork
from tantam.desk.common.work import run_due
from tantam.desk.reports.alarms import WATCH, alarms, watch
from tests.support.clock import StandingClock
from tests.support.desk import opened, owed

pytestmark = pytest.mark.django_db


def _break_one(hoa: Any, clock: StandingClock) -> None:
    first = owed(opened(hoa), "first_reply")
    Promise.objects.filter(pk=first.pk).update(due_at=clock.instant)
    break_promise(first.pk)
    clock.forward(minutes=1)


def test_an_alarm_rings_since_the_worker_first_saw_it(hoa: Any, staff: Any, clock: StandingClock) -> None:
    _break_one(hoa, clock)
    watch()
    begun = clock.instant
    clock.forward(minutes=30)
    _break_one(hoa, clock)
    watch()
    (ringing,) = alarms(plans.in_force())
    assert (ringing.definition.name, ringing.value, ringing.n, ringing.since) == ("promises_kept", 0.0, 2, begun)


def test_an_alarm_that_rings_no_more_is_gone(hoa: Any, staff: Any, clock: StandingClock) -> None:
    _break_one(hoa, clock)
    watch()
    for _ in range(12):
        reply(opened(hoa), staff.agent, "Dạ.")
    clock.forward(minutes=1)
    watch()
    assert alarms(plans.in_force()) == ()


def test_nothing_rings_before_a_plan_is_in_force(db: None, clock: StandingClock) -> None:
    watch()


def test_the_worker_watches_again_and_again(hoa: Any, staff: Any, clock: StandingClock) -> None:
    recurring.ask()
    DueWork.objects.exclude(kind=WATCH).delete()
    _break_one(hoa, clock)
    run_due()
    assert len(alarms(plans.in_force())) == 1
    again = DueWork.objects.get(kind=WATCH)
    assert again.done_at is None and timedelta(0) < again.due_at - clock.instant <= timedelta(minutes=1)
