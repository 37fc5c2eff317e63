"""The ledger as it is read: how each promise stands at an instant, which comes first, what is due, what has ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tantam.desk.cases.actions import (
    ask_customer,
    break_promise,
    keep_promise,
    promise,
    remind_promise,
    reply,
    settle,
)
from tantam.desk.cases.ledger import PromiseChip, chip, chips, chips_of, ended, most_urgent, still_owed
from tantam.desk.cases.models import Case, Promise
from tantam.desk.cases.vows import Vow
from tests.support.clock import StandingClock
from tests.support.desk import opened, owed

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def case(hoa: Any, staff: Any) -> Case:
    return opened(hoa)


def word(case: Case, person: Any, due: datetime, kind: str = "by_hand", ends: datetime | None = None) -> Promise:
    return promise(case, person, Vow(words="Em báo.", due=due, kind=kind, ends=ends))


def stands(it: Promise, now: datetime) -> tuple[str, int]:
    it.refresh_from_db()
    read = chip(it, now)
    return read.state, read.minutes


def test_soon_begins_with_the_last_open_hour(case: Case, staff: Any, clock: StandingClock) -> None:
    it = word(case, staff.agent, clock.instant + 3 * HOUR)
    assert stands(it, it.due_at - 61 * MINUTE) == ("owed", 61)
    assert stands(it, it.due_at - 60 * MINUTE) == ("soon", 60)
    assert stands(it, it.due_at - MINUTE) == ("soon", 1)
    assert stands(it, it.due_at) == ("broken", 0), "before the worker says so"
    assert stands(it, it.due_at + 90 * MINUTE) == ("broken", 90)


def test_an_appointment_under_way_is_not_broken_until_it_ends(case: Case, staff: Any, clock: StandingClock) -> None:
    begins = clock.instant + 3 * HOUR
    it = word(case, staff.agent, begins, "appointment", begins + HOUR)
    assert stands(it, begins) == stands(it, begins + 59 * MINUTE) == ("soon", 0)
    assert stands(it, begins + HOUR) == ("broken", 0)
    assert stands(it, begins + HOUR + 5 * MINUTE) == ("broken", 5)


def test_made_good_it_says_how_late_it_was_for_ever(case: Case, staff: Any, clock: StandingClock) -> None:
    first = owed(case, "first_reply")
    clock.set_to(first.due_at + 10 * MINUTE)
    break_promise(first.pk)
    reply(case, staff.agent, "Xin lỗi.")
    clock.forward(days=3)
    first.refresh_from_db()
    read = chip(first, clock.instant)
    assert (read.state, read.minutes, read.fulfilled, read.share) == ("broken", 10, True, 1.0)
    assert read.at == first.ended_at


def test_ended_ones_read_as_they_ended(case: Case, clock: StandingClock) -> None:
    clock.forward(minutes=30)
    settle(case)
    found = {each.kind: each for each in chips(case, clock.instant + HOUR)}
    assert {kind: (each.state, each.minutes, each.share, each.at) for kind, each in found.items()} == {
        "resolution": ("kept", 0, 1.0, clock.instant),
        "first_reply": ("withdrawn", 0, 1.0, clock.instant),
    }
    assert (found["resolution"].fulfilled, found["first_reply"].fulfilled) == (True, False)


def test_waiting_it_keeps_its_minutes_and_its_share(case: Case, staff: Any, clock: StandingClock) -> None:
    clock.forward(minutes=60)
    ask_customer(case, staff.agent, "Ảnh ạ?")
    it: Any = owed(case, "resolution")
    read = chip(it, clock.instant + timedelta(days=9))
    assert (read.state, read.minutes) == ("waiting", it.minutes_left)
    assert read.share == pytest.approx(HOUR / (it.due_at - it.made_at))


def test_the_share_goes_from_nothing_to_all(case: Case, staff: Any, clock: StandingClock) -> None:
    it = word(case, staff.agent, clock.instant + 4 * HOUR)
    made = clock.instant
    shares = [chip(it, made + each * HOUR).share for each in (-1, 0, 1, 2, 4, 9)]
    assert shares == [0.0, 0.0, 0.25, 0.5, 1.0, 1.0]
    it.made_at = it.due_at + MINUTE  # counted from later than it was due
    assert chip(it, it.due_at - HOUR).share == 1.0


def test_a_chip_repeats_its_row(case: Case, staff: Any, clock: StandingClock) -> None:
    begins = clock.instant + 3 * HOUR
    it = word(case, staff.agent, begins, "visit", begins + HOUR)
    Promise.objects.filter(pk=it.pk).update(moved=3, moved_late=2)
    it.refresh_from_db()
    row = {"id": it.pk, "kind": "visit", "state": "owed", "due_at": begins, "minutes": 180, "share": 0.0, "clause": ""}
    row |= {"because": {}, "plan_number": 1, "clock": "", "made_at": clock.instant, "at": None, "fulfilled": False}
    row |= {"words": "Em báo.", "moved": 3, "moved_late": 2, "by_hand": True, "ends_at": begins + HOUR}
    assert chip(it, clock.instant) == PromiseChip(**row)
    of_plan: Any = owed(case, "first_reply")
    read = chip(of_plan, clock.instant)
    assert (read.clause, read.because, read.clock, read.by_hand) == (
        of_plan.clause,
        of_plan.because,
        of_plan.clock,
        False,
    )


def test_broken_first_then_by_time_then_waiting_then_what_ended_last(
    hoa: Any, staff: Any, clock: StandingClock
) -> None:
    case = opened(hoa)
    clock.forward(minutes=10)
    ask_customer(case, staff.agent, "Ảnh ạ?")  # first_reply kept, resolution waits
    soon = word(case, staff.agent, clock.instant + HOUR)
    later = word(case, staff.agent, clock.instant + 20 * HOUR)
    missed = word(case, staff.agent, clock.instant + MINUTE)
    made_good = word(case, staff.agent, clock.instant + MINUTE + MINUTE)
    clock.forward(minutes=30)
    for each in (missed, made_good):
        break_promise(each.pk)
    keep_promise(made_good, staff.agent)
    other = opened(hoa)
    found = chips_of([case, other], clock.instant)
    named = {missed.pk: "missed", soon.pk: "soon", later.pk: "later", made_good.pk: "made good"}
    assert [named.get(each.id, f"{each.state} {each.kind}") for each in found] == [
        "missed",
        "soon",
        "owed first_reply",
        "later",
        "owed resolution",
        "waiting resolution",
        "made good",
        "kept first_reply",
    ]
    first = most_urgent(reversed(found))
    assert first is not None and first.id == missed.pk
    assert most_urgent(found[-2:]) is None


def test_what_is_due_is_what_runs_and_can_be_seen(hoa: Any, staff: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    now = clock.instant
    at = [word(case, staff.agent, now + each * HOUR) for each in (4, 2, 3, 1)]
    keep_promise(at[2], staff.agent)
    Promise.objects.filter(pk=at[3].pk).update(paused_at=now)
    due = list(still_owed(staff.agent, now, now + 5 * HOUR).filter(by_hand=True))
    assert due == [at[1], at[0]]
    assert list(still_owed(staff.agent, now + 2 * HOUR, now + 4 * HOUR).filter(by_hand=True)) == [at[1]]
    staff.colleague.provider = "carriers"
    assert not still_owed(staff.colleague, now, now + timedelta(days=30)).exists()


def test_what_ended_is_kept_or_broken_newest_first(hoa: Any, staff: Any, clock: StandingClock) -> None:
    case, since = opened(hoa), clock.instant
    reply(case, staff.agent, "Đang xem.")
    clock.forward(minutes=1)
    it = word(case, staff.agent, clock.instant + MINUTE)
    clock.forward(minutes=1)
    break_promise(it.pk)
    clock.forward(minutes=1)
    settle(opened(hoa))
    found = ended(staff.agent, since, clock.instant)
    assert [(each.code, each.args["kind"]) for each in found] == [("broken", "by_hand"), ("kept", "first_reply")]
    assert [each.code for each in ended(staff.agent, since + MINUTE, clock.instant + MINUTE)] == ["kept", "broken"]
    staff.colleague.provider = "carriers"
    assert not ended(staff.colleague, since, clock.instant + MINUTE).exists()


def test_a_broken_one_comes_before_a_meeting_that_began_before_it(case: Case, staff: Any, clock: StandingClock) -> None:
    begins = clock.instant + HOUR
    meeting = word(case, staff.agent, begins, "visit", begins + 3 * HOUR)
    missed = word(case, staff.agent, begins + HOUR)
    clock.set_to(begins + 2 * HOUR)
    found = [(each.id, each.state) for each in chips(case, clock.instant) if each.by_hand]
    assert found == [(missed.pk, "broken"), (meeting.pk, "soon")]


def test_what_happens_to_a_promise_is_said_plainly(case: Case, staff: Any, clock: StandingClock) -> None:
    it = word(case, staff.agent, clock.instant + 2 * HOUR)
    assert it.remind_at is not None
    at = it.remind_at.isoformat()
    assert break_promise(it.pk) is False and break_promise(1) is False
    clock.set_to(it.remind_at)
    assert (remind_promise(it.pk, at), remind_promise(it.pk, at), remind_promise(1, at)) == (True, False, False)
    clock.set_to(it.due_at)
    assert (break_promise(it.pk), break_promise(it.pk)) == (True, False)
