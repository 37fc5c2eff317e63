"""Which ended conversations are reviewed: by chance, always the same ones; and what a review's marks come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tantam.plan.run.reviewing import Mark, drawn, scored
from tantam.plan.sections import Plan
from tests.support.plans import company

ENDED = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
CASES = range(1, 20_001)
YES, NO, NONE = Mark.YES, Mark.NO, Mark.NONE


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The example's plan: 2 % of conversations by one form, 5 % of the carriers', 80 % of the points are enough."""
    return company("ben-xuan")


def _drawn(plan: Plan, provider: str, ended: datetime = ENDED) -> set[int]:
    return {case for case in CASES if drawn(plan, case, provider, ended)}


def test_the_share_of_the_plan_is_drawn_and_a_providers_own_share_of_theirs(plan: Plan) -> None:
    house, carriers = _drawn(plan, ""), _drawn(plan, "carriers")
    assert 0.015 < len(house) / len(CASES) < 0.025
    assert 0.043 < len(carriers) / len(CASES) < 0.057
    assert house < carriers, "of a larger share who was drawn by the smaller one is drawn, too"


def test_asked_again_the_same_are_drawn_and_another_month_draws_others(plan: Plan) -> None:
    assert _drawn(plan, "") == _drawn(plan, "", ENDED + timedelta(days=20))
    assert _drawn(plan, "") != _drawn(plan, "", ENDED + timedelta(days=31))


def test_the_month_is_that_of_the_companys_zone(plan: Plan) -> None:
    before_midnight = datetime(2026, 3, 31, 16, 59, tzinfo=UTC)  # 23:59 in Vietnam
    assert _drawn(plan, "", before_midnight) == _drawn(plan, "")
    assert _drawn(plan, "", before_midnight + timedelta(minutes=1)) != _drawn(plan, "")


def test_a_form_without_items_and_a_share_of_nothing_draw_nothing(plan: Plan) -> None:
    form = plan.quality["talk"]
    for other in (replace(form, items=()), replace(form, sample=None), replace(form, sample=0.0)):
        assert not _drawn(replace(plan, quality={"talk": other}), "")
    everything = replace(plan, quality={"talk": replace(form, sample=1.0)})
    assert _drawn(everything, "") == set(CASES)


def test_it_is_due_a_week_after_the_end_where_the_plan_says_nothing(plan: Plan) -> None:
    every = replace(plan, quality={"talk": replace(plan.quality["talk"], sample=1.0)})
    (found,) = drawn(every, 1, "", ENDED)
    assert found.form == "talk" and ENDED + timedelta(days=7) <= found.due < ENDED + timedelta(days=14)


@pytest.mark.parametrize(
    ("marks", "points", "good"),
    [
        ({"heard": YES, "named": YES, "right": YES, "time": YES}, 100, True),
        ({"heard": NO, "named": YES, "right": YES, "time": YES}, 75, False),
        ({"heard": YES, "named": NO, "right": YES, "time": YES}, 88, True),
        ({"heard": YES, "named": YES, "right": NO, "time": YES}, 0, False),
        ({"heard": NONE, "named": NO, "right": YES, "time": YES}, 83, True),
        ({"right": YES}, 100, True),
        ({}, 100, True),
    ],
)
def test_points_are_the_weight_of_what_was_there_and_the_indispensable_decides(
    plan: Plan, marks: dict[str, Mark], points: int, good: bool
) -> None:
    found = scored(plan.quality["talk"], marks)
    assert (found.points, found.good) == (points, good)


def test_the_plan_says_from_where_it_is_good(plan: Plan) -> None:
    marks = {"heard": NO, "named": YES, "right": YES, "time": YES}
    assert scored(replace(plan.quality["talk"], pass_mark=0.75), marks).good
