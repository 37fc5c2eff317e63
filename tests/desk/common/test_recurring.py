"""Work that recurs: there once whoever asks, done again and again, never given up for an error."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from tantam.desk.common import recurring, work
from tantam.desk.common.models import DueWork
from tests.support.clock import StandingClock

pytestmark = pytest.mark.django_db
EVERY = timedelta(minutes=1)


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """How often it was done; an exception put there is raised once."""
    done: list[Any] = []

    def turn(payload: Any) -> None:
        done.append("turn")
        if isinstance(done[0], Exception):
            raise done[0]

    monkeypatch.setattr(work, "_handlers", {"again": turn})
    monkeypatch.setattr(recurring, "_every", {"again": EVERY})
    yield done


def test_it_is_due_once_however_often_it_is_asked_for(turns: list[Any], clock: StandingClock) -> None:
    for _ in range(3):
        recurring.ask()
    assert DueWork.objects.get().due_at == clock.instant


def test_it_is_due_again_after_a_while_and_not_before(turns: list[Any], clock: StandingClock) -> None:
    recurring.ask()
    assert [work.run_due(), work.run_due()] == [1, 0]
    clock.forward(seconds=59)
    assert work.run_due() == 0
    clock.forward(seconds=1)
    assert work.run_due() == 1
    assert turns == ["turn", "turn"] and DueWork.objects.get().done_at is None


def test_asking_does_not_hasten_it(turns: list[Any], clock: StandingClock) -> None:
    recurring.ask()
    work.run_due()
    recurring.ask()
    assert work.run_due() == 0


def test_it_is_never_given_up_for_an_error_nor_put_off_for_long(turns: list[Any], clock: StandingClock) -> None:
    turns.append(RuntimeError("the disk is full"))
    recurring.ask()
    for _ in range(2 * work.MOST_ATTEMPTS):
        assert work.run_due() == 1
        piece = DueWork.objects.get()
        assert piece.failed_at is None and clock.instant < piece.due_at <= clock.instant + 10 * EVERY
        assert "the disk is full" in piece.error
        clock.set_to(piece.due_at)
    turns[0] = "well again"
    assert work.run_due() == 1
    again = DueWork.objects.get()
    assert (again.attempts, again.error, again.due_at) == (0, "", clock.instant + EVERY)


def test_marked_as_done_it_comes_back(turns: list[Any], clock: StandingClock) -> None:
    recurring.ask()
    DueWork.objects.update(done_at=clock.instant)
    recurring.ask()
    assert work.run_due() == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_asks_for_it_by_itself(turns: list[Any]) -> None:
    stop = threading.Event()
    worker = threading.Thread(target=_work, args=[stop])
    worker.start()
    until = time.monotonic() + 10
    while not turns and time.monotonic() < until:
        time.sleep(0.02)
    stop.set()
    worker.join(10)
    assert turns == ["turn"]


def _work(stop: threading.Event) -> None:
    try:
        work.work_forever(stop)
    finally:
        connections.close_all()


def test_the_export_of_the_history_recurs() -> None:
    assert recurring.every("export_history") == timedelta(minutes=1)
