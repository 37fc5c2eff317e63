"""A clock that jumps forward and is put back: each promise's row stays right, and no work waits for the time it saw."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F

from tantam.desk.cases.actions import reply
from tantam.desk.cases.models import Case, Promise
from tantam.desk.common import recurring, work
from tantam.desk.common.models import DueWork
from tests.support import desk
from tests.support.clock import StandingClock

DAY = timedelta(days=1)


def _work_off() -> None:
    while work.run_due(50):
        pass


def _first_reply(case: Case) -> Promise:
    found = desk.owed(case, "first_reply")
    assert isinstance(found, Promise)
    return found


def _no_row_contradicts_itself(ahead: Case) -> None:
    """Hold what must be true of every row. ahead: begun while the clock was, and dated so for good."""
    ended = Promise.objects.exclude(ended_at=None)
    assert not ended.exclude(case=ahead).filter(ended_at__lt=F("made_at")).exists()
    assert not ended.filter(state="broken", ends_at=None, ended_at__lt=F("due_at")).exists()
    assert not ended.filter(state="kept", ended_at__gt=F("due_at"), ends_at=None).exists()
    assert not Promise.objects.filter(state="owed").exclude(ended_at=None).exists()
    assert not Promise.objects.exclude(state="owed").filter(ended_at=None).exists()


@pytest.mark.parametrize("jump", [DAY, timedelta(days=400)], ids=["a day", "a year"])
def test_promises_are_right_after_a_jump_forward_and_back(
    plan: object, staff: desk.Staff, clock: StandingClock, jump: timedelta
) -> None:
    began, hoa = clock.instant, desk.customer()
    before = desk.opened(hoa)
    due = _first_reply(before).due_at
    clock.set_to(began + jump)
    _work_off()
    assert _first_reply(before).state == Promise.State.BROKEN, "as far as anybody can tell"
    ahead = desk.opened(hoa)
    clock.set_to(began + timedelta(minutes=5))  # somebody put it back
    after = desk.opened(hoa)
    assert _first_reply(after).due_at - due == timedelta(minutes=5)
    for case in (before, ahead, after):
        reply(case, staff.agent, "Dạ, em xem ngay.")
    _work_off()
    assert [_first_reply(each).state for each in (before, ahead, after)] == ["broken", "kept", "kept"]
    assert _first_reply(before).fulfilled_at == clock.instant
    _no_row_contradicts_itself(ahead)
    clock.set_to(began + jump + DAY)
    _work_off()
    assert _first_reply(after).state == Promise.State.KEPT
    _no_row_contradicts_itself(ahead)


def test_nothing_waits_for_the_time_that_a_clock_was_ahead(plan: object, clock: StandingClock) -> None:
    began = clock.instant
    clock.set_to(began + 30 * DAY)
    recurring.ask()
    _work_off()
    clock.set_to(began)
    recurring.ask()
    late = [each.kind for each in DueWork.objects.filter(key=F("kind")) if each.due_at > began]
    assert not late, "each recurs again at once"


def test_work_that_was_leased_while_the_clock_was_ahead_is_taken_up(
    db: None, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(work, "_handlers", {"test": lambda payload: done.append("done")})
    work.due("test", "a", {}, clock.instant)
    DueWork.objects.update(leased_until=clock.instant + DAY)  # whoever leased it saw tomorrow, and was killed
    assert work.run_due() == 1 and done == ["done"]
    DueWork.objects.update(done_at=None, leased_until=clock.instant + work.LEASE)
    assert work.run_due() == 0, "somebody has it"
