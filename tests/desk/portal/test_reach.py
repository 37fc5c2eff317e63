"""Are we open now, and which way is best: by the plan's channels, right at the minute at which it changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tantam.desk.plans import RunningPlan
from tantam.desk.plans.models import PlanVersion
from tantam.desk.portal.reach import quickest, seconds_left, ways_in
from tantam.plan import sections
from tests.desk.portal.pages import Visitor, text
from tests.support.clock import StandingClock
from tests.support.sources import ROOT


def test_every_way_says_how_it_stands(visitor: Visitor, clock: StandingClock) -> None:
    shown = text(visitor.get("/"))  # ten o'clock on a Wednesday
    assert "Phone 1900 0000" in shown and "Chat · until 12:00" in shown
    clock.forward(hours=3)  # at one
    assert "Chat · until 18:00" in text(visitor.get("/"))
    clock.forward(hours=6)
    assert "Chat · open again Thu 08:00" in text(visitor.get("/"))


def test_it_changes_at_the_minute_and_no_page_is_kept_longer(visitor: Visitor, clock: StandingClock) -> None:
    clock.set_to(datetime(2026, 3, 4, 4, 59, 40, tzinfo=UTC))  # 11:59:40 in Vietnam
    page = visitor.get("/")
    assert "Chat · until 12:00" in text(page)
    assert "max-age=20" in page.headers["Cache-Control"] and "private" in page.headers["Cache-Control"]
    clock.forward(seconds=20)
    page = visitor.get("/")
    assert "Chat · open again 13:00" in text(page) and "max-age=60" in page.headers["Cache-Control"]


@pytest.mark.parametrize(("language", "name"), [("vi", "Quốc khánh"), ("en", "National Day")])
def test_holiday_is_named(plan: object, clock: StandingClock, language: str, name: str) -> None:
    clock.set_to(datetime(2026, 9, 2, 3, tzinfo=UTC))
    assert name in text(Visitor(clock, language).get("/"))


def test_what_the_plan_promises_for_a_way_stands_beside_it() -> None:
    plan = sections.read(ROOT / "plans/weekday-team")
    running = RunningPlan(_row(), plan)
    monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    within = {each.label: each.within for each in ways_in(running, "en", monday)}
    assert within["Phone"] == "5 minutes" and within["Chat"] == "10 minutes"
    best = quickest(ways_in(running, "en", monday))
    assert best and best.within


def _row() -> PlanVersion:
    return PlanVersion(number=1)


def test_seconds_left_never_pass_a_change(plan: RunningPlan) -> None:
    start = datetime(2026, 3, 4, 4, 50, tzinfo=UTC)
    for second in range(0, 1300, 7):
        now = start + timedelta(seconds=second)
        left = seconds_left(plan, now)
        assert 0 <= left <= 60
        before = [(each.label, each.open) for each in ways_in(plan, "en", now)]
        after = [(each.label, each.open) for each in ways_in(plan, "en", now + timedelta(seconds=max(0, left - 1)))]
        assert before == after
