"""The past: what is written and what the database has beside it are one relation, whatever was written when."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.history.events import COLUMNS, DESK
from tantam.history.past import Purchase, Tail, open_past
from tantam.history.store import HistoryDamaged, Manifest, Row
from tests.history.store.sample import ALL, from_database, ids, row, rows, utc, written
from tests.support.proving import examples

ARGS = {
    "channel": "web",
    "groups": ["loyal", "cũ"],
    "facts": {"danger": "no", "lời": "“máy kêu”"},
    "recorded": {},
    "promise": 2**62 + 1,
    "kind": "first_reply",
    "due": "2026-02-01T07:30:00.250000+07:00",
    "minutes": 12,
    "minor": 500_000,
    "currency": "VND",
    "owner": 12,
    "unknown": "left out",
}


@settings(max_examples=examples(15))
@given(
    st.sets(st.integers(1, 3000), min_size=1, max_size=40),
    st.lists(st.integers(0, 40), max_size=4),
    st.sets(st.sampled_from(sorted(ARGS))),
)
def test_written_and_beside_is_the_same_as_all_from_the_database(
    numbers: set[int], cuts: list[int], said: set[str]
) -> None:
    events = [row(each, **{name: ARGS[name] for name in said}) for each in sorted(numbers)]
    ends = sorted({0, *(min(each, len(events)) for each in cuts)})
    with TemporaryDirectory() as place:
        store = written(Path(place), *(events[since:until] for since, until in pairwise(ends)))
        half = open_past(Path(place), tail=Tail(store.manifest(), events[ends[-1] :]))
        assert half.rows(ALL) == from_database(events).rows(ALL)


def test_a_row_of_the_database_becomes_columns() -> None:
    opened = Row(
        2**60,
        5,
        "2026-02-01 00:00:00.000001",
        "opened",
        '{"channel": "web", "topic": "faulty", "level": "agent", "groups": [], "customer": "77", "purchase": null,'
        ' "reference": "K7M2-P9X", "facts": {"danger": "no"}, "recorded": {"age": "3 days"}}',
        "customer",
        None,
        3,
        "triage#faulty",
        None,
    )
    (found,) = from_database([opened]).rows("SELECT * FROM event")
    told = dict(zip(COLUMNS, found, strict=True))
    assert {name: each for name, each in told.items() if each is not None} == {
        "source": DESK,
        "id": 2**60,
        "case_id": 5,
        "instant": utc(2026, 2, 1, 0, 0, 0, 1),
        "code": "opened",
        "actor": "customer",
        "version": 3,
        "clause": "triage#faulty",
        "reference": "K7M2-P9X",
        "customer": "77",
        "channel": "web",
        "topic": "faulty",
        "groups": [],
        "facts": '{"danger":"no"}',
        "recorded": '{"age":"3 days"}',
        "level": "agent",
    }


def test_every_column_has_its_type() -> None:
    found = from_database(rows(1)).rows("SELECT column_name, column_type FROM (DESCRIBE event)")
    assert dict(found) == COLUMNS


def test_a_deadline_is_told_in_utc() -> None:
    (due,) = from_database([row(1, **ARGS)]).rows("SELECT due FROM event")[0]
    assert due == utc(2026, 2, 1, 0, 30, 0, 250_000)


def test_a_grant_says_nothing_of_where_the_case_is_or_of_a_promise() -> None:
    granted = row(1, level="manager", kind="refund", minor=5)._replace(code="granted")
    assert from_database([granted]).rows("SELECT level, kind, minor FROM event") == [(None, None, 5)]


def test_instants_are_asked_for_in_any_zone() -> None:
    past = from_database([row(0), row(1)])
    since = datetime.fromisoformat("2026-02-01T06:31:00+07:00")
    assert past.rows("SELECT id FROM event WHERE instant >= $since", {"since": since}) == [(1,)]
    asked = "SELECT id FROM event WHERE list_contains($at, instant)"
    assert past.rows(asked, {"at": [since.astimezone(UTC)]}) == [(1,)]


def test_what_is_added_is_seen_by_all_who_hold_the_past() -> None:
    past = from_database(rows(1, 2))
    past.add(rows(3))
    assert ids(past) == [1, 2, 3] and past.read_beside() == (3, 1, 3)


def test_many_threads_ask_at_once() -> None:
    past, found = from_database(rows(*range(1, 500))), []

    def ask(least: int) -> None:
        for _ in range(20):
            found.append(
                past.rows("SELECT count(*) FROM event WHERE id >= $least", {"least": least}) == [(500 - least,)]
            )

    threads = [threading.Thread(target=ask, args=[each]) for each in range(1, 9)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [True] * 160


def test_an_event_of_a_month_is_the_same_event_without_the_files_of_the_desk(tmp_path: Path) -> None:
    store = written(tmp_path, rows(1, 2))
    manifest = store.manifest().without(DESK)
    assert ids(open_past(tmp_path, tail=Tail(manifest, rows(1, 2, 3)))) == [1, 2, 3]


def test_a_file_that_goes_while_the_past_is_open_is_told(tmp_path: Path) -> None:
    store = written(tmp_path, rows(1, 2))
    past = open_past(tmp_path)
    (tmp_path / store.manifest().files[0].path).unlink()
    with pytest.raises(HistoryDamaged):
        ids(past)


def test_purchases_are_one_relation() -> None:
    bought = [
        Purchase("BX-1", "5", "MG-9", "2026-02-01 00:00:00"),
        Purchase("BX-2", "6", "MG-9", "2026-02-02 00:00:00"),
    ]
    past = open_past(None, tail=Tail(Manifest(), [], bought))
    assert past.rows("SELECT * FROM purchase ORDER BY purchase")[0] == (
        DESK, "BX-1", "5", "MG-9", utc(2026, 2, 1),
    )  # fmt: skip


def test_nothing_at_all_is_an_empty_past() -> None:
    past = open_past(None)
    assert (ids(past), past.sources(), past.rows("FROM purchase")) == ([], (), [])
