"""Due work: claimed once, retried with pauses, given up visibly, handed back when told to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from tantam.desk.common import work
from tantam.desk.common.clock import now
from tantam.desk.common.models import DueWork
from tests.support.clock import StandingClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What the handler of "test" was given."""
    given: list[Any] = []
    monkeypatch.setattr(work, "_handlers", {"test": lambda payload: given.append(payload["n"])})
    yield given


def test_work_is_done_when_due_and_not_before(done: list[Any], clock: StandingClock) -> None:
    work.due("test", "a", {"n": 1}, clock.instant + timedelta(minutes=1))
    assert work.run_due() == 0 and done == []
    clock.forward(minutes=1)
    assert work.run_due() == 1 and done == [1]


def test_work_is_done_once(done: list[Any], clock: StandingClock) -> None:
    work.due("test", "a", {"n": 1}, clock.instant)
    work.run_due()
    clock.forward(hours=1)
    assert work.run_due() == 0 and done == [1]


def test_asking_twice_by_the_same_key_is_asking_once(done: list[Any], clock: StandingClock) -> None:
    for n in (1, 2):
        work.due("test", "a", {"n": n}, clock.instant)
    work.run_due()
    assert done == [1]


def test_earliest_first_and_no_more_than_asked(done: list[Any], clock: StandingClock) -> None:
    for n in (3, 1, 2):
        work.due("test", str(n), {"n": n}, clock.instant - timedelta(minutes=10 - n))
    assert work.run_due(limit=2) == 2 and done == [1, 2]


def test_work_without_a_handler_waits_for_one(done: list[Any], clock: StandingClock) -> None:
    work.due("unknown", "a", {}, clock.instant)
    assert work.run_due() == 0
    assert DueWork.objects.get().attempts == 0


def test_failure_is_retried_with_growing_pauses(monkeypatch: pytest.MonkeyPatch, clock: StandingClock) -> None:
    monkeypatch.setattr(work, "_handlers", {"test": _fails})
    work.due("test", "a", {}, clock.instant)
    pauses = []
    for _ in range(3):
        assert work.run_due() == 1
        piece = DueWork.objects.get()
        pauses.append(piece.due_at - clock.instant)
        assert work.run_due() == 0
        clock.set_to(piece.due_at)
    assert pauses == [timedelta(seconds=each) for each in (10, 20, 40)]
    assert "ValueError: no" in piece.error


def test_what_is_to_be_done_later_did_not_fail(monkeypatch: pytest.MonkeyPatch, clock: StandingClock) -> None:
    tried: list[bool] = []
    morning = clock.instant + timedelta(hours=9)

    def fails_then_waits(_payload: Mapping[str, Any]) -> None:
        tried.append(work.is_tried_again())
        if len(tried) == 1:
            raise RuntimeError("away")
        if len(tried) == 2:
            raise work.Later(morning)

    monkeypatch.setattr(work, "_handlers", {"test": fails_then_waits})
    work.due("test", "a", {}, clock.instant)
    for _ in range(2):
        work.run_due()
        clock.forward(seconds=10)
    piece = DueWork.objects.get()
    assert (piece.due_at, piece.attempts, piece.error, piece.done_at) == (morning, 0, "", None)
    work.hurry_these(["a"])
    assert work.run_due() == 0  # nothing hinders it but the hour
    clock.set_to(morning)
    assert work.run_due() == 1 and tried == [False, True, False]
    assert DueWork.objects.get().done_at == morning


def test_pauses_have_a_bound() -> None:
    assert work.pause_after(10_000) == work.LONGEST_PAUSE


def test_giving_up_is_visible_and_ends_the_retries(monkeypatch: pytest.MonkeyPatch, clock: StandingClock) -> None:
    monkeypatch.setattr(work, "_handlers", {"test": _fails})
    work.due("test", "a", {}, clock.instant)
    for _ in range(work.MOST_ATTEMPTS):
        work.run_due()
        clock.forward(hours=7)
    piece = DueWork.objects.get()
    assert piece.failed_at is not None and piece.attempts == work.MOST_ATTEMPTS
    assert work.run_due() == 0


def test_one_failure_does_not_hold_up_the_others(
    done: list[Any], monkeypatch: pytest.MonkeyPatch, clock: StandingClock
) -> None:
    monkeypatch.setitem(work._handlers, "bad", _fails)
    work.due("bad", "a", {}, clock.instant - timedelta(hours=1))
    work.due("test", "b", {"n": 2}, clock.instant)
    work.run_due()
    assert done == [2]


def test_killed_workers_piece_is_done_by_another_after_its_lease(done: list[Any], clock: StandingClock) -> None:
    work.due("test", "a", {"n": 1}, clock.instant)
    assert len(work._claim(5, ["test"])) == 1
    assert work.run_due() == 0, "leased to somebody else"
    clock.forward(seconds=work.LEASE.total_seconds() + 1)
    assert work.run_due() == 1 and done == [1]
    assert DueWork.objects.get().attempts == 2


def test_a_piece_that_kills_its_worker_is_given_up_too(done: list[Any], clock: StandingClock) -> None:
    work.due("test", "a", {"n": 1}, clock.instant)
    for _ in range(work.MOST_ATTEMPTS):
        assert len(work._claim(5, ["test"])) == 1
        clock.forward(seconds=work.LEASE.total_seconds() + 1)
    assert work.run_due() == 1 and done == []
    assert DueWork.objects.get().failed_at == clock.instant


def test_a_lost_lease_is_not_worked_on(done: list[Any], clock: StandingClock) -> None:
    work.due("test", "a", {"n": 1}, clock.instant)
    (mine,) = work._claim(5, ["test"])
    clock.forward(seconds=work.LEASE.total_seconds() + 1)
    work._claim(5, ["test"])
    assert not work._still_ours(mine)


def test_stopping_gives_back_what_was_claimed(done: list[Any], clock: StandingClock) -> None:
    stop = threading.Event()

    def first_then_stop(payload: Mapping[str, Any]) -> None:
        done.append(payload["n"])
        stop.set()

    work._handlers["test"] = first_then_stop
    for n in (1, 2):
        work.due("test", str(n), {"n": n}, clock.instant + timedelta(seconds=n - 2))
    work.run_due(stop=stop)
    rest = DueWork.objects.get(key="2")
    assert done == [1] and DueWork.objects.get(key="1").done_at is not None
    assert (rest.leased_until, rest.attempts, rest.done_at) == (None, 0, None)


def test_long_work_that_holds_on_is_nobody_elses(done: list[Any], clock: StandingClock) -> None:
    taken_away = []

    def slow(payload: Mapping[str, Any]) -> None:
        for _ in range(5):
            clock.forward(seconds=40)
            work.hold()
            taken_away.extend(work._claim(5, ["test"]))
        done.append(payload["n"])

    work._handlers["test"] = slow
    work.due("test", "a", {"n": 1}, clock.instant)
    assert work.run_due() == 1
    assert done == [1] and not taken_away
    assert DueWork.objects.get().done_at == clock.instant


def test_long_work_that_lost_its_lease_is_put_down_at_once(done: list[Any], clock: StandingClock) -> None:
    def too_slow(payload: Mapping[str, Any]) -> None:
        clock.forward(seconds=work.LEASE.total_seconds() + 1)
        assert len(work._claim(5, ["test"])) == 1
        work.hold()
        done.append(payload["n"])

    work._handlers["test"] = too_slow
    work.due("test", "a", {"n": 1}, clock.instant)
    work.run_due()
    piece = DueWork.objects.get()
    assert done == [] and piece.attempts == 2, "the other worker's lease stands"
    assert piece.leased_until is not None and piece.leased_until > clock.instant


def test_long_work_is_put_down_when_the_worker_ends(done: list[Any], clock: StandingClock) -> None:
    stop = threading.Event()

    def interrupted(payload: Mapping[str, Any]) -> None:
        stop.set()
        work.hold()
        done.append(payload["n"])

    work._handlers["test"] = interrupted
    work.due("test", "a", {"n": 1}, clock.instant)
    work.run_due(stop=stop)
    piece = DueWork.objects.get()
    assert done == [] and (piece.leased_until, piece.attempts, piece.done_at) == (None, 0, None)


def test_two_handlers_of_one_kind_are_a_mistake() -> None:
    work.handles("only-once")(_fails)
    try:
        with pytest.raises(ValueError, match="already has a handler"):
            work.handles("only-once")(lambda _: None)
    finally:
        del work._handlers["only-once"]


def test_work_asked_for_in_a_failed_transaction_is_not_done(done: list[Any], clock: StandingClock) -> None:
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        work.due("test", "a", {"n": 1}, clock.instant)
        raise RuntimeError
    assert work.run_due() == 0


def _fails(_: Mapping[str, Any]) -> None:
    raise ValueError("no")


@pytest.mark.django_db(transaction=True)
def test_worker_goes_on_until_told_to_stop_and_survives_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    done, stop, calls = [], threading.Event(), []
    monkeypatch.setattr(work, "_handlers", {"test": lambda payload: done.append(payload["n"])})
    monkeypatch.setattr(work, "AWAY_SECONDS", 0.01)
    once_away = work._claim

    def away_the_first_time(limit: int, kinds: Iterable[str]) -> list[DueWork]:
        calls.append(limit)
        if len(calls) == 1:
            raise OSError("the database is away")
        return once_away(limit, kinds)

    monkeypatch.setattr(work, "_claim", away_the_first_time)
    work.due("test", "a", {"n": 1}, now())
    worker = threading.Thread(target=_worker, args=(stop,))
    worker.start()
    try:
        for _ in range(500):
            if done:
                break
            time.sleep(0.01)
    finally:
        stop.set()
        worker.join(10)
    assert done == [1] and not worker.is_alive()


def _worker(stop: threading.Event) -> None:
    try:
        work.work_forever(stop)
    finally:
        connections.close_all()
