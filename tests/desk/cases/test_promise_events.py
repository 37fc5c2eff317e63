"""What the ledger tells of a promise: under whose clause, in open minutes, of this one alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tantam.desk.cases.actions import (
    ask_customer,
    break_promise,
    keep_promise,
    move_promise,
    promise,
    receive,
    reopen,
    reply,
    resolve,
    settle,
    withdraw_promise,
)
from tantam.desk.cases.models import Case, CaseEvent, Promise
from tantam.desk.cases.vows import Vow
from tantam.desk.common.models import DueWork
from tests.desk.cases.test_move_to_version import SOONER, enacted
from tests.support.clock import StandingClock
from tests.support.desk import opened, owed

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def case(hoa: Any, staff: Any) -> Case:
    return opened(hoa)


def word(case: Case, staff: Any, due: datetime, **fields: Any) -> Promise:
    return promise(case, staff.agent, Vow(words="Em báo.", due=due, **fields))


def told(it: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return the events of the promise, each with what it says besides whose it is."""
    found = CaseEvent.objects.filter(args__promise=it.pk).order_by("pk")
    return [(each.code, {k: v for k, v in each.args.items() if k not in ("promise", "kind")}) for each in found]


def test_it_is_told_under_the_clause_and_version_that_made_it(case: Case, staff: Any, clock: StandingClock) -> None:
    both: list[Any] = [owed(case, "first_reply"), owed(case, "resolution")]
    enacted(SOONER, staff=staff)
    clock.forward(minutes=10)
    ask_customer(case, staff.agent, "Ảnh ạ?")
    clock.forward(days=1)
    receive(case, "Đây ạ.", channel="web")
    clock.forward(days=30)
    break_promise(both[1].pk)
    resolve(case, staff.agent)
    for it in both:
        events = CaseEvent.objects.filter(args__promise=it.pk).exclude(code="escalated")
        assert {(each.clause, each.plan_version_id, each.args["kind"]) for each in events} == {(it.clause, 1, it.kind)}
    assert [it.clause for it in both] == ["promises#reply_normal", "promises#resolution_normal"]
    assert [code for code, _ in told(both[0])] == ["promised", "kept"]
    assert [code for code, _ in told(both[1])] == ["promised", "paused", "resumed", "broken", "escalated", "fulfilled"]


def test_the_minutes_it_took_leave_out_those_in_which_its_clock_stood(
    case: Case, staff: Any, plan: Any, clock: StandingClock
) -> None:
    first: Any = owed(case, "first_reply")
    it: Any = owed(case, "resolution")
    due = it.due_at
    clock.forward(minutes=30)
    ask_customer(case, staff.agent, "Ảnh ạ?")
    it.refresh_from_db()
    assert told(first)[1:] == [("kept", {"due": first.due_at.isoformat(), "minutes": 30})]
    assert told(it)[1:] == [("paused", {"minutes": it.minutes_left})]
    clock.forward(minutes=20)
    receive(case, "Đây ạ.", channel="web")
    it.refresh_from_db()
    assert plan.minutes_left("office", due, it.due_at) == 20
    assert told(it)[2:] == [("resumed", {"due": it.due_at.isoformat()})]
    clock.forward(minutes=15)
    resolve(case, staff.agent)
    assert told(it)[3:] == [("kept", {"due": it.due_at.isoformat(), "minutes": 45})]


def test_settled_while_its_clock_stands_it_took_until_it_stood(case: Case, staff: Any, clock: StandingClock) -> None:
    it: Any = owed(case, "resolution")
    clock.forward(minutes=30)
    ask_customer(case, staff.agent, "Ảnh ạ?")
    clock.forward(minutes=55)
    resolve(case, staff.agent)
    assert told(it)[-1] == ("kept", {"due": it.due_at.isoformat(), "minutes": 30})


def test_late_it_says_how_late_and_how_long_it_took(case: Case, staff: Any, clock: StandingClock) -> None:
    it: Any = owed(case, "first_reply")
    clock.set_to(it.due_at + 7 * MINUTE)
    reply(case, staff.agent, "Xin lỗi.")
    assert told(it)[1:] == [
        ("broken", {"due": it.due_at.isoformat(), "minutes_late": 7}),
        ("fulfilled", {"minutes_late": 7, "minutes": 4 * 60 + 7}),
    ]


def test_a_word_counts_every_minute_from_when_it_was_given(case: Case, staff: Any, clock: StandingClock) -> None:
    kept, late = (word(case, staff, clock.instant + HOUR, kind=each) for each in ("call_back", "by_hand"))
    clock.forward(minutes=40)
    ask_customer(case, staff.agent, "Ảnh ạ?")  # stops no word
    keep_promise(kept, staff.agent)
    clock.forward(minutes=25)
    keep_promise(late, staff.agent)
    due = kept.due_at.isoformat()
    assert told(kept) == [
        ("promised", {"due": due, "clock": "", "by_hand": 1}),
        ("kept", {"due": due, "minutes": 40}),
    ]
    assert told(late)[1:] == [
        ("broken", {"due": due, "minutes_late": 5}),
        ("fulfilled", {"minutes_late": 5, "minutes": 65}),
    ]


def test_what_the_plan_promises_says_its_clock(case: Case) -> None:
    it: Any = owed(case, "first_reply")
    assert told(it) == [("promised", {"due": it.due_at.isoformat(), "clock": "office"})]


def test_a_word_moved_too_late_leaves_every_other_as_it_was(case: Case, staff: Any, clock: StandingClock) -> None:
    late, other = word(case, staff, clock.instant + HOUR), word(case, staff, clock.instant + 2 * HOUR, kind="call_back")
    before = {each.pk: each.fulfilled_at for each in Promise.objects.exclude(pk=late.pk)}
    clock.forward(minutes=61)
    due = clock.instant + 5 * HOUR
    again = move_promise(late, staff.agent, due, "Em bận.")
    late.refresh_from_db()
    assert (late.state, late.fulfilled_at, again.pk != late.pk) == ("broken", clock.instant, True)
    assert {each.pk: each.fulfilled_at for each in Promise.objects.filter(pk__in=before)} == before
    assert (again.words, again.kind, again.by_hand, again.moved, again.moved_late) == ("Em báo.", "by_hand", True, 1, 1)
    assert (again.due_at, again.made_at, again.made_by) == (due, clock.instant, staff.agent)
    said = {"due_before": late.due_at.isoformat(), "due": due.isoformat(), "late": 1, "times": 1}
    assert told(again)[-1] == ("moved", said) and other.pk in before


def test_a_word_moved_in_time_stays_the_same_row(case: Case, staff: Any, clock: StandingClock) -> None:
    it = word(case, staff, clock.instant + 3 * HOUR)
    before, due = it.due_at, clock.instant + 9 * HOUR
    moved = move_promise(it, staff.agent, due, "Em bận.")
    assert (moved.pk, moved.moved, moved.moved_late, moved.due_at) == (it.pk, 1, 0, due)
    assert moved.remind_at == due - HOUR
    said = {"due_before": before.isoformat(), "due": due.isoformat(), "late": 0, "times": 1}
    assert told(it)[1:] == [("moved", said)]
    kinds = DueWork.objects.filter(payload__promise=it.pk, due_at__in=(due, due - HOUR)).values_list("kind", "due_at")
    assert set(kinds) == {("promise_due", due), ("promise_reminder", due - HOUR)}
    again = move_promise(it, staff.agent, due + HOUR, "Em vẫn bận.")
    assert again.moved == 2 and told(it)[-1][1]["times"] == 2


@pytest.mark.parametrize(("before_due", "late"), [(61, 0), (60, 0), (59, 1)])
def test_withdrawn_within_the_last_hour_counts_as_late(
    before_due: int, late: int, case: Case, staff: Any, clock: StandingClock
) -> None:
    it = word(case, staff, clock.instant + 5 * HOUR)
    clock.set_to(it.due_at - before_due * MINUTE)
    withdraw_promise(it, staff.agent, "Xong rồi.")
    it.refresh_from_db()
    assert (it.state, it.ended_at) == ("withdrawn", clock.instant)
    assert told(it)[1:] == [("withdrawn", {"late": late})]


def test_what_the_customer_calls_settled_is_kept_or_owed_no_longer(case: Case, clock: StandingClock) -> None:
    reply_owed, settling = owed(case, "first_reply"), owed(case, "resolution")
    clock.forward(minutes=30)
    settled = settle(case)
    assert (settled.status, settled.resolved_at, settled.next_due_at) == (Case.Status.RESOLVED, clock.instant, None)
    assert [code for code, _ in told(settling)] == ["promised", "kept"]
    assert told(reply_owed)[1:] == [("withdrawn", {})]
    ends = case.promises.order_by("kind").values_list("kind", "state", "ended_at")
    assert list(ends) == [("first_reply", "withdrawn", clock.instant), ("resolution", "kept", clock.instant)]


def test_a_word_given_is_due_for_the_inbox_at_once(case: Case, staff: Any, clock: StandingClock) -> None:
    due = clock.instant + 20 * MINUTE
    word(case, staff, due)
    assert Case.objects.get(pk=case.pk).next_due_at == due


def test_opened_again_it_owes_anew_and_counts_how_often(case: Case, staff: Any, clock: StandingClock) -> None:
    for times in (1, 2):
        resolve(Case.objects.get(pk=case.pk), staff.agent)
        clock.forward(minutes=5)
        again = reopen(Case.objects.get(pk=case.pk))
        assert (again.reopened, again.resolved_at) == (times, None)
        assert case.events.filter(code="reopened").latest("pk").args == {"times": times}
        anew: Any = owed(case, "first_reply")
        assert (anew.made_at, anew.state) == (clock.instant, "owed")
        assert again.next_due_at == anew.due_at


@pytest.mark.parametrize(
    ("ahead", "kind", "before"),
    [
        (600, "call_back", 10),
        (600, "appointment", 30),
        (600, "visit", 60),
        (600, "by_hand", 60),
        (16, "call_back", 8),
        (30, "visit", 15),
    ],
)
def test_the_maker_is_reminded_before_at_the_latest_half_way(
    ahead: int, kind: str, before: int, case: Case, staff: Any, clock: StandingClock
) -> None:
    it = word(case, staff, clock.instant + ahead * MINUTE, kind=kind)
    assert it.remind_at == it.due_at - before * MINUTE
