"""A case sleeps until a time or a word; what is owed runs on and wakes it an hour before it is due."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tantam.desk.cases import sleep
from tantam.desk.cases.actions import ask_customer, hand_over, receive, reply, resolve, snooze, wake
from tantam.desk.cases.models import Case
from tantam.desk.common.errors import Refused
from tantam.desk.common.work import run_due
from tests.support.clock import StandingClock
from tests.support.desk import codes, opened, owed


@pytest.fixture
def case(hoa: Any, staff: Any) -> Case:
    """A case on which the settling alone is still owed."""
    made = opened(hoa)
    reply(made, staff.agent, "Đang xem.")
    return Case.objects.get(pk=made.pk)


def asleep(case: Case) -> bool:
    return sleep.sleeps(Case.objects.get(pk=case.pk))


def why(case: Case) -> str:
    return str(case.events.filter(code="woken").order_by("-id")[0].args["why"])


def test_it_wakes_at_its_time(case: Case, staff: Any, clock: StandingClock) -> None:
    snooze(case, staff.agent, clock.instant + timedelta(hours=3))
    assert asleep(case)
    clock.forward(hours=2, minutes=59)
    run_due(limit=50)
    assert asleep(case)
    clock.forward(minutes=1)
    assert not asleep(case), "even before the worker says so"
    run_due(limit=50)
    assert Case.objects.get(pk=case.pk).snoozed_at is None and why(case) == "time"


def test_the_customers_word_wakes_it(case: Case, staff: Any) -> None:
    snooze(case, staff.agent)
    receive(case, "Có tin gì chưa?", channel="web")
    assert not asleep(case) and why(case) == "word"


def test_it_wakes_an_hour_before_something_is_due(case: Case, staff: Any, clock: StandingClock) -> None:
    due = owed(case, "resolution").due_at
    snooze(case, staff.agent, due + timedelta(days=30))
    clock.set_to(due - timedelta(minutes=61))
    run_due(limit=50)
    assert asleep(case)
    clock.set_to(due - timedelta(minutes=60))
    run_due(limit=50)
    assert not asleep(case) and why(case) == "owed"


def test_promise_that_runs_again_wakes_it_in_time(case: Case, staff: Any, clock: StandingClock) -> None:
    ask_customer(case, staff.agent, "Ảnh ạ?")
    snooze(case, staff.agent)
    assert sleep.wakes_at(Case.objects.get(pk=case.pk)) is None, "a clock that stands wakes nobody"
    receive(case, "Đây.", channel="web")
    assert not asleep(case)


def test_what_is_due_within_the_hour_stays_in_view(hoa: Any, staff: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    clock.set_to(owed(case, "first_reply").due_at - timedelta(minutes=30))
    with pytest.raises(Refused, match="owed_soon"):
        snooze(case, staff.agent)
    clock.forward(days=1)
    run_due(limit=50)
    with pytest.raises(Refused, match="owed_soon"):
        snooze(case, staff.agent)


def test_who_is_given_a_case_gets_it_awake(case: Case, staff: Any) -> None:
    snooze(case, staff.agent)
    hand_over(case, staff.agent, staff.colleague)
    assert not asleep(case) and why(case) == "moved"


def test_it_is_woken_by_hand_once(case: Case, staff: Any) -> None:
    snooze(case, staff.agent)
    wake(case, staff.agent)
    assert codes(case)[-1] == "woken" and why(case) == "hand"
    with pytest.raises(Refused, match="not_asleep"):
        wake(case, staff.agent)


def test_it_sleeps_until_a_time_ahead_within_a_year(case: Case, staff: Any, clock: StandingClock) -> None:
    for until in (clock.instant, clock.instant - timedelta(days=1), clock.instant + timedelta(days=400)):
        with pytest.raises(Refused, match="not_ahead"):
            snooze(case, staff.agent, until)


def test_resolved_case_does_not_sleep(case: Case, staff: Any) -> None:
    resolve(case, staff.agent)
    with pytest.raises(Refused, match="already_resolved"):
        snooze(case, staff.agent)
    with pytest.raises(Refused, match="not_allowed"):
        snooze(case, staff.outsider)
