"""Who bought nothing yet is a prospect, who bought lately a buyer, who bought long ago lost; the plan says when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tantam.plan.run import Buying, buying
from tests.plan.sections.test_free_sections import plan

BOUGHT = datetime(2024, 2, 29, 5, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def test_who_never_bought_is_a_prospect() -> None:
    assert buying(plan(""), None, now=BOUGHT) is Buying.PROSPECT


@pytest.mark.parametrize(
    ("written", "over"),
    [
        ("", BOUGHT + timedelta(days=365)),
        ("sales: {lost_after: 30 days}\n", BOUGHT + timedelta(days=30)),
        ("sales: {lost_after: 12 months}\n", datetime(2025, 2, 28, 5, tzinfo=UTC)),
    ],
    ids=["usual", "days", "months"],
)
def test_buyer_is_lost_from_the_instant_on_that_the_plan_says(written: str, over: datetime) -> None:
    said = plan(written)
    assert buying(said, BOUGHT, now=over - MOMENT) is Buying.BUYER
    assert buying(said, BOUGHT, now=over) is Buying.LOST


def test_half_a_year_in_summer_and_winter_ends_at_the_same_local_time() -> None:
    said = plan("sales: {lost_after: 6 months}\n")
    bought, over = datetime(2026, 1, 15, 11, tzinfo=UTC), datetime(2026, 7, 15, 10, tzinfo=UTC)
    assert buying(said, bought, now=over - MOMENT) is Buying.BUYER
    assert buying(said, bought, now=over) is Buying.LOST
