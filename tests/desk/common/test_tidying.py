"""What nobody looks at any more is thrown away: little at a time, and nothing that is still to be done or mended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tantam.desk.common import clock as desk_clock
from tantam.desk.common import rate, tidying, work
from tantam.desk.common.models import DueWork, RateCount
from tests.support.clock import StandingClock

pytestmark = pytest.mark.django_db

LONG_AGO = tidying.KEPT + timedelta(seconds=1)


def test_work_done_more_than_thirty_days_ago_is_deleted(clock: StandingClock) -> None:
    _piece("old", done_at=clock.instant - LONG_AGO)
    _piece("kept", done_at=clock.instant - timedelta(days=30))
    assert tidying.tidy() == 1
    assert _keys() == {"kept"}


def test_what_is_open_or_failed_stays_however_old(clock: StandingClock) -> None:
    _piece("open")
    _piece("failed", failed_at=clock.instant - LONG_AGO)
    assert tidying.tidy() == 0
    assert _keys() == {"open", "failed"}


def test_only_so_much_is_deleted_at_a_time_the_oldest_first(
    clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "MOST", 2)
    for key in ("first", "second", "third"):
        _piece(key, done_at=clock.instant - LONG_AGO)
        clock.forward(seconds=1)
    assert tidying.tidy() == 2
    assert _keys() == {"third"}


def test_a_burst_goes_in_portions_until_nothing_is_left_or_the_time_is_over(
    clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "MOST", 2)
    for key in "abcdefg":
        _piece(key, done_at=clock.instant - LONG_AGO)
    assert tidying.in_portions(tidying.tidy) == 7 and not _keys()
    monkeypatch.setattr(tidying, "SECONDS", -1)
    for key in "abcdefg":
        _piece(key, done_at=clock.instant - LONG_AGO)
    assert tidying.in_portions(tidying.tidy) == 2


def test_counters_of_hours_that_are_over_are_forgotten(clock: StandingClock) -> None:
    hourly = rate.Rate("test", 5)
    rate.count(hourly, "somebody")
    tidying.tidy()
    assert RateCount.objects.count() == 1, "this hour still counts"
    clock.forward(hours=1)
    tidying.tidy()
    assert RateCount.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_worker_tidies_as_it_begins_and_then_every_hour(clock: StandingClock) -> None:
    stop = _StopsAfter(rounds=4, clock=clock)
    work.work_forever(stop)
    assert stop.left == [0, 1, 0, 1], "old pieces that lay about after the first round, and after 30, 60 and 90 minutes"


class _StopsAfter:
    """Told to stop after so many rounds of half an hour; a piece grows old before each.

    left: how many old pieces each round left lying.
    """

    def __init__(self, *, rounds: int, clock: StandingClock) -> None:
        self.rounds, self.clock = rounds, clock
        self.left: list[int] = []
        _piece("0", done_at=clock.instant - LONG_AGO)

    def is_set(self) -> bool:
        return len(self.left) == self.rounds

    def wait(self, _: float) -> None:
        self.left.append(DueWork.objects.filter(kind="test").count())
        self.clock.forward(minutes=30)
        _piece(str(len(self.left)), done_at=self.clock.instant - LONG_AGO)


def _piece(key: str, **fields: object) -> None:
    DueWork.objects.create(kind="test", key=key, due_at=desk_clock.now(), **fields)


def _keys() -> set[str]:
    return set(DueWork.objects.values_list("key", flat=True))
