"""Ids sort by time, never repeat, and fit 63 bits; references can be read out; links cannot be guessed."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from tantam.desk.common import clock
from tantam.desk.common.ids import _Ids, new_id, new_key, new_reference

THEN = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)


def test_ids_of_later_instants_are_larger() -> None:
    with clock.set_to(THEN):
        first = new_id()
    with clock.set_to(THEN + timedelta(milliseconds=1)):
        assert new_id() > first


def test_ids_grow_while_the_clock_stands() -> None:
    with clock.set_to(THEN):
        made = [new_id() for _ in range(20_000)]
    assert made == sorted(set(made))


def test_ids_grow_while_the_clock_goes_back_a_little() -> None:
    ids = _Ids()
    made = [ids.next(1_000_000 - step) for step in range(0, 9_000, 7)]
    assert made == sorted(set(made))


def test_ids_do_not_repeat_while_the_clock_is_set_back_a_thousand_times() -> None:
    ids = _Ids()
    made = [ids.next(1_000_000 + 100_000 * (step % 5)) for step in range(5_000)]
    assert len(set(made)) == len(made)


def test_ids_do_not_repeat_between_threads() -> None:
    made: list[int] = []
    threads = [threading.Thread(target=lambda: made.extend(new_id() for _ in range(2_000))) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(set(made)) == 8_000


def test_ids_fit_a_signed_column_until_2089() -> None:
    with clock.set_to(datetime(2089, 1, 1, tzinfo=UTC)):
        assert 0 < new_id() < 2**63


def test_references_have_no_letters_that_are_mistaken() -> None:
    letters = set("".join(new_reference() for _ in range(500))) - {"-"}
    assert not letters & set("01OILU")


def test_keys_have_128_bits() -> None:
    assert len(new_key()) == 22 and new_key() != new_key()
