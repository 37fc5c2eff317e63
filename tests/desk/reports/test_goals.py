"""Whether goals are reached, and whose cases each of them counts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tantam.desk import reports
from tantam.desk.cases.actions import reply
from tantam.desk.reports.goals import parts, state
from tantam.history.measures import Part
from tests.support.clock import StandingClock
from tests.support.desk import opened


@pytest.mark.parametrize(
    ("value", "at", "least", "seen"),
    [
        (0.95, 0.95, True, "reached"),
        (0.92, 0.95, True, "close"),
        (0.80, 0.95, True, "missed"),
        (60, 60, False, "reached"),
        (62, 60, False, "close"),
        (90, 60, False, "missed"),
        (None, 60, False, "unknown"),
        (90, None, False, "unknown"),
    ],
)
def test_goal_is_reached_close_or_missed(value: float | None, at: float | None, least: bool, seen: str) -> None:
    assert state(value, at, least=least) == seen


def test_the_goal_for_everybody_says_how_many_promises_must_be_kept(plan: Any) -> None:
    assert reports.least_kept(plan) == 0.95
    assert reports.goal_for_all(plan, "no_such_measure") is None


def test_a_goal_counts_the_cases_of_its_group_and_stage(plan: Any, hoa: Any, staff: Any, clock: StandingClock) -> None:
    reply(opened(hoa), staff.agent, "Dạ.")
    clock.forward(minutes=1)
    stretch = reports.stretch("week", clock.instant)
    seen = {each.name: each for each in reports.goals_seen(reports.figures(), plan, stretch)}
    everybody, older, before = (seen[each].found for each in ("word_kept", "word_kept_elderly", "advice_in_time"))
    assert (everybody.n, older.n, before.n) == (1, 0, 0)
    assert (seen["word_kept"].state, seen["word_kept_elderly"].state) == ("reached", "unknown")


def test_a_goal_of_several_groups_and_stages_counts_each_of_them_by_itself(plan: Any) -> None:
    goal = replace(plan.goals()[0], groups=("elderly", "business"), stages=("before", "after"))
    assert parts(goal, Part(source="desk")) == [
        Part(source="desk", group=group, stage=stage)
        for group, stage in (("elderly", "before"), ("elderly", "after"), ("business", "before"), ("business", "after"))
    ]


def test_a_goal_for_all_is_for_everybody(plan: Any) -> None:
    goal = replace(plan.goals()[0], groups=("all",), stages=("all",))
    assert parts(goal, Part()) == [Part()]
