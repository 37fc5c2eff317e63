"""The ledger: kept in time, broken by the clock, paused while the customer is asked, repeated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tantam.desk.cases.actions import ask_customer, break_promise, receive, reply, resolve
from tantam.desk.cases.ledger import chips, most_urgent
from tantam.desk.cases.models import Case, Promise
from tantam.desk.common import clock as desk_clock
from tantam.desk.common.models import DueWork
from tantam.desk.common.work import run_due
from tests.support.clock import StandingClock
from tests.support.desk import codes, opened, owed

State = Promise.State


def test_reply_in_time_keeps_the_first_reply(hoa: Any, staff: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    clock.forward(minutes=30)
    reply(case, staff.agent, "Chúng tôi xem ngay.")
    first = owed(case, "first_reply")
    assert (first.state, first.ended_at, first.fulfilled_at) == (State.KEPT, clock.instant, clock.instant)
    assert "kept" in codes(case)


def test_reply_at_the_very_instant_keeps_it(hoa: Any, staff: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    clock.set_to(owed(case, "first_reply").due_at)
    reply(case, staff.agent, "Vừa kịp.")
    assert owed(case, "first_reply").state == State.KEPT


def test_reply_too_late_breaks_it_even_before_the_worker_looked(hoa: Any, staff: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    clock.set_to(owed(case, "first_reply").due_at + timedelta(seconds=1))
    reply(case, staff.agent, "Xin lỗi anh chị.")
    first = owed(case, "first_reply")
    assert first.state == State.BROKEN and first.fulfilled_at == clock.instant
    assert "kept" not in codes(case) and "fulfilled" in codes(case)


def test_worker_breaks_a_missed_promise_and_the_plan_escalates(hoa: Any, staff: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    reply(case, staff.agent, "Đang xem.")
    resolution = owed(case, "resolution")
    clock.set_to(resolution.due_at)
    run_due(limit=50)
    case.refresh_from_db()
    resolution.refresh_from_db()
    assert (resolution.state, resolution.ended_at) == (State.BROKEN, clock.instant)
    assert (case.level, case.owner) != ("agent", None) and case.owner == staff.agent
    assert {"broken", "escalated"} <= set(codes(case))


def test_breaking_twice_happens_once(hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    first = owed(case, "first_reply")
    clock.set_to(first.due_at + timedelta(minutes=1))
    assert break_promise(first.pk) and not break_promise(first.pk)
    assert codes(case).count("broken") == codes(case).count("escalated") == 1


def test_nothing_is_broken_before_its_time(hoa: Any, clock: StandingClock) -> None:
    first = owed(opened(hoa), "first_reply")
    clock.set_to(first.due_at - timedelta(microseconds=1))
    assert not break_promise(first.pk)


def test_asking_pauses_the_resolution_with_its_open_minutes(
    hoa: Any, staff: Any, clock: StandingClock, plan: Any
) -> None:
    case = opened(hoa)
    clock.forward(minutes=60)
    ask_customer(case, staff.agent, "Anh chị gửi giúp ảnh máy ạ?")
    case.refresh_from_db()
    resolution = owed(case, "resolution")
    assert case.status == Case.Status.WAITING
    assert (resolution.state, resolution.paused_at) == (State.OWED, clock.instant)
    assert resolution.minutes_left == plan.minutes_left("office", clock.instant, resolution.due_at)
    assert owed(case, "first_reply").state == State.KEPT


def test_paused_promise_is_not_broken_however_long_the_customer_takes(
    hoa: Any, staff: Any, clock: StandingClock
) -> None:
    case = opened(hoa)
    ask_customer(case, staff.agent, "Anh chị gửi giúp ảnh máy ạ?")
    clock.forward(days=60)
    run_due(limit=50)
    assert owed(case, "resolution").state == State.OWED


def test_customers_word_lets_the_clock_run_on_with_what_was_left(
    hoa: Any, staff: Any, clock: StandingClock, plan: Any
) -> None:
    case = opened(hoa)
    clock.forward(minutes=60)
    ask_customer(case, staff.agent, "Anh chị gửi giúp ảnh máy ạ?")
    left = owed(case, "resolution").minutes_left
    clock.forward(days=3)
    receive(case, "Ảnh đây ạ.", channel="mail")
    resolution = owed(case, "resolution")
    assert resolution.paused_at is None and resolution.minutes_left is None
    assert plan.minutes_left("office", clock.instant, resolution.due_at) == left
    assert DueWork.objects.filter(payload={"promise": resolution.pk}, due_at=resolution.due_at).exists()
    case.refresh_from_db()
    assert (case.status, case.next_due_at) == (Case.Status.OPEN, _soonest(case))


def test_the_clock_stands_over_a_night_and_a_weekend(hoa: Any, staff: Any, clock: StandingClock) -> None:
    clock.set_to(datetime(2026, 3, 6, 9, 0, tzinfo=UTC))  # Friday 16:00 in Vietnam
    case = opened(hoa)
    due = owed(case, "resolution").due_at
    ask_customer(case, staff.agent, "Anh chị gửi giúp ảnh máy ạ?")
    clock.set_to(datetime(2026, 3, 9, 1, 0, tzinfo=UTC))  # Monday 08:00, as the desk opens
    receive(case, "Ảnh đây ạ.", channel="mail")
    waited_open_hours = 2 + 8  # Friday 16-18, Saturday 8-12 and 13-17
    moved = owed(case, "resolution").due_at
    assert moved > due
    assert _open_hours_between(due, moved) == waited_open_hours


def test_old_deadline_of_a_moved_promise_breaks_nothing(hoa: Any, staff: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    before = owed(case, "resolution").due_at
    ask_customer(case, staff.agent, "Anh chị gửi giúp ảnh máy ạ?")
    clock.forward(days=2)
    receive(case, "Ảnh đây ạ.", channel="mail")
    clock.set_to(before + timedelta(minutes=1))
    run_due(limit=50)
    assert owed(case, "resolution").state == State.OWED


def test_repeating_promise_is_owed_again_when_kept(hoa: Any, staff: Any, clock: StandingClock) -> None:
    case = opened(hoa, told={"danger": "yes"})
    first = owed(case, "update")
    clock.forward(minutes=10)
    reply(case, staff.manager, "Chúng tôi đang đến.")
    following = owed(case, "update")
    first.refresh_from_db()
    assert first.state == State.KEPT
    assert following.pk != first.pk and following.due_at == clock.instant + timedelta(hours=1)


def test_resolving_keeps_what_is_owed_and_owes_nothing_more(hoa: Any, staff: Any, clock: StandingClock) -> None:
    case = opened(hoa, told={"danger": "yes"})
    clock.forward(minutes=5)
    case = resolve(case, staff.manager, "Đã đổi máy.")
    assert not case.promises.filter(state=State.OWED).exists()
    assert {each.state for each in case.promises.all()} == {State.KEPT}
    assert case.next_due_at is None


def test_broken_stays_broken_and_says_when_it_was_done_after_all(hoa: Any, staff: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    first = owed(case, "first_reply")
    clock.set_to(first.due_at + timedelta(minutes=7))
    break_promise(first.pk)
    clock.forward(minutes=3)
    reply(case, staff.agent, "Xin lỗi anh chị.")
    first.refresh_from_db()
    assert first.state == State.BROKEN and first.fulfilled_at == clock.instant
    assert case.events.get(code="fulfilled", args__kind="first_reply").args["minutes_late"] == 10


def test_chips_show_what_is_owed_soon_broken_waiting_and_kept(hoa: Any, staff: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    first = owed(case, "first_reply")
    assert _chip(case, "first_reply").state == "owed"
    clock.set_to(first.due_at - timedelta(minutes=20))
    soon = _chip(case, "first_reply")
    assert (soon.state, soon.minutes) == ("soon", 20) and 0.5 < soon.share < 1
    clock.set_to(first.due_at + timedelta(minutes=3))
    assert (_chip(case, "first_reply").state, _chip(case, "first_reply").minutes) == ("broken", 3)
    ask_customer(case, staff.agent, "Anh chị gửi giúp ảnh máy ạ?")
    assert _chip(case, "resolution").state == "waiting"
    resolve(case, staff.agent)
    assert _chip(case, "resolution").state == "kept"


def test_most_urgent_chip_is_the_broken_one_until_it_is_made_good(hoa: Any, staff: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    clock.set_to(owed(case, "first_reply").due_at + timedelta(minutes=3))
    first = most_urgent(chips(case, clock.instant))
    assert first is not None and first.state == "broken"
    resolve(case, staff.agent)
    assert most_urgent(chips(Case.objects.get(pk=case.pk), clock.instant)) is None


def _chip(case: Case, kind: str) -> Any:
    fresh = Case.objects.get(pk=case.pk)
    return next(each for each in chips(fresh, desk_clock.now()) if each.kind == kind)


def _soonest(case: Case) -> datetime:
    return min(each.due_at for each in case.promises.filter(state=State.OWED, paused_at=None))


def _open_hours_between(start: datetime, end: datetime) -> float:
    """Count by hand, quarter by quarter: 8-12 and 13-18 in Vietnam, Saturday until 17, Sunday closed."""
    quarters, at = 0, start
    while at < end:
        local = at + timedelta(hours=7)
        closes = {5: 17, 6: 0}.get(local.weekday(), 18)
        quarters += local.hour in (*range(8, 12), *range(13, closes))
        at += timedelta(minutes=15)
    return quarters / 4


def test_asking_after_the_time_has_come_saves_no_promise(hoa: Any, staff: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    reply(case, staff.agent, "Đang xem.")
    clock.set_to(owed(case, "resolution").due_at + timedelta(seconds=1))
    ask_customer(case, staff.agent, "Anh chị gửi giúp ảnh máy ạ?")
    run_due(limit=50)
    assert owed(case, "resolution").state == State.BROKEN
