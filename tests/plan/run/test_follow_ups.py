"""What the plan has done of its own accord: the rows of an event that fit, each with its time and who does it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tantam.plan.run.follow_ups import events, follow_ups
from tests.support.plans import company

FRIDAY = datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_purchase_of_the_example_is_followed_by_a_call_after_seven_days() -> None:
    (found,) = follow_ups(company("ben-xuan"), "handed_over", {}, happened=FRIDAY)
    assert (found.row, found.due, found.in_person) == ("settle", datetime(2026, 11, 27, 9, tzinfo=UTC), True)


def test_what_is_asked_needs_nobody() -> None:
    (found,) = follow_ups(company("ben-xuan"), "resolved", {}, happened=FRIDAY)
    assert (found.do, found.in_person) == (("ask_if_all_is_well",), False)


def test_working_days_skip_the_weekend() -> None:
    (found,) = follow_ups(company("telecom"), "repaired", {}, happened=FRIDAY)
    assert found.due.date().isoformat() == "2026-11-24"


def test_row_for_a_group_is_for_its_customers_alone() -> None:
    plan = company("hotel")
    assert [each.row for each in follow_ups(plan, "booked", {}, happened=FRIDAY)] == ["before"]
    named = follow_ups(plan, "booked", {"group": frozenset({"without_steps"})}, happened=FRIDAY)
    assert [each.row for each in named] == ["before", "steps"]
    assert [each.in_person for each in named] == [False, True]


def test_event_of_which_the_plan_says_nothing_starts_nothing() -> None:
    plan = company("ben-xuan")
    assert "birthday" not in events(plan)
    assert follow_ups(plan, "birthday", {}, happened=FRIDAY) == ()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "By the plan we ask whether you are content, 7 days afterwards."),
        ("de", "Nach dem Plan fragen wir, ob Sie zufrieden sind (Frist: 7 Tage)."),
        ("vi", "Theo kế hoạch, sau 7 ngày, chúng tôi hỏi anh/chị đã vừa ý chưa."),
    ],
)
def test_its_reason_is_a_sentence(lang: str, said: str) -> None:
    (found,) = follow_ups(company("ben-xuan"), "resolved", {}, happened=FRIDAY)
    assert found.because.text(lang) == said
