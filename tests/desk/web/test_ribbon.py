"""The day above the inbox: what was kept and broken today, and what is still owed until midnight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tantam.desk.cases.actions import break_promise, reply, settle
from tantam.desk.cases.models import Promise
from tantam.desk.web import ribbon
from tests.support.clock import StandingClock
from tests.support.desk import opened, owed

MORNING = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)  # 9:00 on a Wednesday in Vietnam


def test_counts_what_ended_today_and_what_is_left(hoa: Any, staff: Any, clock: StandingClock) -> None:
    clock.set_to(MORNING - timedelta(days=1))
    reply(opened(hoa), staff.agent, "Hôm qua.")
    clock.set_to(MORNING)
    reply(opened(hoa), staff.agent, "Hôm nay.")
    late, open_still = opened(hoa), opened(hoa)
    first = owed(late, "first_reply")
    Promise.objects.filter(pk=first.pk).update(due_at=clock.instant)
    break_promise(first.pk)
    assert owed(open_still, "first_reply").state == Promise.State.OWED
    clock.forward(minutes=1)
    seen = ribbon.today(staff.agent, clock.instant)
    assert (seen.kept, seen.broken, seen.left) == (1, 1, 1)
    assert sorted(each.look for each in seen.ticks) == ["b", "k", "o"]


def test_what_was_withdrawn_today_is_neither(hoa: Any, staff: Any, clock: StandingClock) -> None:
    clock.set_to(MORNING)
    settle(opened(hoa))
    clock.forward(minutes=1)
    seen = ribbon.today(staff.agent, clock.instant)
    assert (seen.kept, seen.broken, seen.left) == (1, 0, 0)


def test_figures_count_more_than_is_drawn(hoa: Any, staff: Any, clock: StandingClock, monkeypatch: Any) -> None:
    clock.set_to(MORNING)
    monkeypatch.setattr(ribbon, "MOST", 1)
    for _ in range(3):
        opened(hoa)
    seen = ribbon.today(staff.agent, clock.instant)
    assert (seen.left, [each.path.count("M") for each in seen.ticks]) == (3, [1])


def test_outsider_sees_nothing_owed(hoa: Any, staff: Any, clock: StandingClock) -> None:
    clock.set_to(MORNING)
    opened(hoa)
    assert ribbon.today(staff.outsider, clock.instant).left == 0
