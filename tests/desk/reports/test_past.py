"""The past at the desk: never behind its database, never another database's, whatever lies on the disk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tantam.desk.cases.actions import reply, resolve
from tantam.desk.cases.models import CaseEvent
from tantam.desk.common.models import Identity
from tantam.desk.reports import past
from tantam.desk.reports.export import export
from tantam.desk.reports.kept_rows import purchases, rows_after
from tantam.desk.reports.reading import EVERY_IMPORT, forget, history
from tantam.desk.reports.reading import opened as opened_past
from tantam.history.events import DESK, create
from tantam.history.past import Past, Tail, open_past
from tantam.history.store import Manifest, Store, write
from tantam.history.store import connection as duck
from tests.support.clock import StandingClock
from tests.support.desk import opened, purchase, put_in_force

ALL = "SELECT * FROM event ORDER BY source, id"
IDS = "SELECT id FROM event WHERE source = 'desk' ORDER BY id"


@pytest.fixture
def lived(hoa: Any, staff: Any, clock: StandingClock) -> Any:
    """A case with a life of half an hour, all of it settled."""
    case = opened(hoa, purchase=purchase(hoa), told={"danger": "yes"})
    clock.forward(minutes=20)
    reply(case, staff.agent, "Dạ, em ghi nhận.")
    clock.forward(minutes=10)
    return case


def known() -> list[int]:
    """Return the ids that the past has."""
    return [id for (id,) in past().rows(IDS)]


def in_database() -> list[int]:
    """Return the ids that the database has."""
    return list(CaseEvent.objects.order_by("id").values_list("id", flat=True))


def from_database() -> Past:
    """Return a past of which nothing is written."""
    return open_past(None, tail=Tail(Manifest(), rows_after(0), purchases()))


def test_without_any_file_all_comes_from_the_database(lived: Any) -> None:
    assert known() == in_database() and past().sources() == ()


def test_half_written_and_the_rest_beside_is_all_from_the_database(lived: Any, staff: Any) -> None:
    assert export() == len(in_database())
    resolve(lived, staff.agent, "Đã sửa xong.")
    half = past()
    assert half.manifest.rows(DESK) and half.read_beside()[0] >= 2
    assert half.rows(ALL) == from_database().rows(ALL)


def test_what_just_happened_is_there_at_once(lived: Any, staff: Any, clock: StandingClock) -> None:
    assert known() == in_database()
    first = past()
    for words in ("Một.", "Hai."):
        clock.forward(seconds=1)
        reply(lived, staff.agent, words)
        assert known() == in_database()
    assert past() is first, "new rows are added, not all read again"


def test_an_event_that_commits_late_is_there_at_once(lived: Any, clock: StandingClock) -> None:
    export()
    with_gap = CaseEvent.objects.latest("id")
    late = _another(with_gap, with_gap.pk + 5)
    _another(with_gap, with_gap.pk + 10)
    assert known() == in_database()
    late.pk += 2
    _another(with_gap, late.pk)
    _another(with_gap, with_gap.pk + 11)
    assert known() == in_database()


def test_a_page_without_news_asks_the_database_little(lived: Any, clock: StandingClock) -> None:
    export()
    past()
    with CaptureQueriesContext(connection) as asked:
        past()
    assert len(asked) == 4, "the plan in force, what was handed over, what was delivered, how many events came"


def test_another_databases_history_is_not_read(lived: Any) -> None:
    export()
    Identity.objects.update(key="another")
    forget()
    assert known() == in_database() and past().sources() == ()


def test_a_history_of_more_than_the_restored_database_has_is_not_read(lived: Any, hoa: Any, clock: Any) -> None:
    export()
    before = transaction.savepoint()
    opened(hoa)
    clock.forward(minutes=5)
    export()
    transaction.savepoint_rollback(before)
    forget()
    assert known() == in_database()


def test_a_database_restored_under_a_running_process_is_noticed(lived: Any, hoa: Any, clock: StandingClock) -> None:
    with transaction.atomic():
        before = transaction.savepoint()
        opened(hoa)
        clock.forward(minutes=5)
        export()
        assert known() == in_database() and not past().read_beside()[0]
        transaction.savepoint_rollback(before)
    assert known() == in_database()


def test_a_database_made_anew_under_a_running_process_is_noticed(lived: Any) -> None:
    export()
    assert known() == in_database() and not past().read_beside()[0]
    CaseEvent.objects.all().delete()
    Identity.objects.all().delete()
    assert known() == []


@pytest.mark.parametrize("hurt", ["missing", "changed"])
def test_a_hurt_file_of_the_desk_is_made_good_by_the_database(lived: Any, hurt: str) -> None:
    export()
    (file,) = Store(history()).manifest().files
    path = history() / file.path
    if hurt == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[::-1])
    forget()
    assert known() == in_database()


def test_a_hurt_file_of_an_import_is_left_out_and_told_until_it_is_whole(lived: Any) -> None:
    path = _imported()
    assert _of_the_log() == 1 and not opened_past().lost
    whole = path.read_bytes()
    path.unlink()
    assert _of_the_log() == 0 and opened_past().lost == ("log",)
    assert known() == in_database()
    path.write_bytes(whole)
    assert _of_the_log() == 1 and not opened_past().lost


@pytest.mark.parametrize("manifest", [b"{", b"\xff\xfe", b"null"])
def test_a_manifest_that_cannot_be_read_leaves_the_database(lived: Any, manifest: bytes) -> None:
    _imported()
    export()
    (history() / "manifest.json").write_bytes(manifest)
    assert known() == in_database() and _of_the_log() == 0 and opened_past().lost == (EVERY_IMPORT,)


def test_a_file_that_vanishes_under_an_open_past_is_noticed(lived: Any) -> None:
    export()
    assert known() == in_database()
    for each in Store(history()).manifest().files:
        (history() / each.path).unlink()
    assert known() == in_database()


def test_a_new_plan_brings_its_clocks(lived: Any, clock: StandingClock) -> None:
    clocks = past().rows("SELECT DISTINCT clock FROM open_time ORDER BY ALL")
    assert ("",) in clocks and ("shop",) in clocks
    before = past()
    put_in_force(2, clock.instant)
    assert past() is not before


def test_what_is_handed_over_is_known_at_once(lived: Any, hoa: Any, clock: StandingClock) -> None:
    assert past().rows("SELECT source, purchase, customer, product FROM purchase") == [
        (DESK, "BX-1001", str(hoa.pk), "MG-9")
    ]
    purchase(hoa, number="BX-2", days_ago=1)
    assert past().rows("SELECT instant FROM purchase WHERE purchase = 'BX-2'") == [
        ((clock.instant - timedelta(days=1)).replace(tzinfo=None),)
    ]


def test_instants_are_those_of_the_database_to_the_microsecond(lived: Any, hoa: Any, clock: StandingClock) -> None:
    clock.forward(microseconds=123_456)
    case = opened(hoa)
    (found,) = past().rows("SELECT min(instant) FROM event WHERE case_id = $id", {"id": case.pk})
    assert found[0] == case.opened_at.replace(tzinfo=None)


def _of_the_log() -> int:
    [[count]] = past().rows("SELECT count(*) FROM event WHERE source = 'log'")
    return int(count)


def _another(like: CaseEvent, id: int) -> CaseEvent:
    """Commit an event with an id of long ago."""
    made = CaseEvent(
        pk=id, case_id=like.case_id, at=like.at, code="noted", actor="plan", plan_version_id=like.plan_version_id
    )
    made.save(force_insert=True)
    return made


def _imported() -> Any:
    store = Store(history())
    path = store.staging("log") / "one.parquet"
    with duck() as own:
        own.execute(create("event"))
        own.execute(
            "INSERT INTO event BY NAME SELECT 'log' AS source, 1 AS id, -1 AS case_id, 'opened' AS code, "
            "TIMESTAMP '2025-06-01' AS instant"
        )
        write(own, "event", path)
    store.replace("log", [path], fingerprint="one")
    return history() / store.manifest().of("log")[0].path
