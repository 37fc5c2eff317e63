"""A figure is counted once a minute, and anew as soon as anything that it depends on is different."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tantam.desk.cases.actions import reply
from tantam.desk.cases.models import CaseEvent
from tantam.desk.common import clock as now
from tantam.desk.reports import figures, stretch
from tantam.history.measures import Measured, Part
from tests.support.clock import StandingClock
from tests.support.desk import opened, purchase, put_in_force


@pytest.fixture
def answered(hoa: Any, staff: Any, clock: StandingClock) -> Any:
    """A case that was answered after five minutes, a minute ago."""
    case = opened(hoa)
    clock.forward(minutes=5)
    reply(case, staff.agent, "Dạ.")
    clock.forward(minutes=1)
    return case


def seen(plan: Any, measure: str = "first_reply", part: Part | None = None) -> Measured:
    """Return a measure of the last week."""
    asked = [part] if part else []
    return figures().measured(plan.definitions[measure], stretch("week", now.now()), *asked)


def test_is_counted_once_while_nothing_happens(plan: Any, answered: Any) -> None:
    assert seen(plan) is seen(plan)


def test_is_counted_anew_when_something_happens(plan: Any, answered: Any, hoa: Any, staff: Any) -> None:
    assert seen(plan).n == 1
    reply(opened(hoa), staff.agent, "Dạ.")
    assert seen(plan).n == 2


def test_is_counted_anew_when_an_event_commits_late(
    plan: Any, answered: Any, hoa: Any, staff: Any, clock: StandingClock
) -> None:
    other = opened(hoa)
    clock.forward(minutes=1)
    reply(answered, staff.agent, "Xong rồi ạ.")
    assert seen(plan).n == 1
    late = CaseEvent.objects.filter(code="replied").latest("id")
    late.pk, late.case, late._state.adding = late.pk - 1, other, True
    late.save()
    assert seen(plan).n == 2


def test_is_counted_anew_on_the_clocks_of_another_plan(plan: Any, answered: Any, clock: StandingClock) -> None:
    before = seen(plan)
    put_in_force(2, clock.instant - timedelta(seconds=1))
    assert seen(plan) is not before


def test_is_counted_anew_when_something_is_handed_over(plan: Any, answered: Any, hoa: Any) -> None:
    assert seen(plan, "return_rate").n == 0
    purchase(hoa, days_ago=2)
    assert seen(plan, "return_rate").n == 1


def test_one_part_is_never_shown_for_another(plan: Any, answered: Any) -> None:
    assert seen(plan).n == 1
    assert seen(plan, part=Part(source="desk", channel="phone")).n == 0
