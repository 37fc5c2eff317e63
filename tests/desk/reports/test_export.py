"""The worker's export: settled events only, every one of them, once; what differs is written anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tantam.desk.cases.models import CaseEvent
from tantam.desk.common import recurring, work
from tantam.desk.common.identity import identity
from tantam.desk.common.ids import first_id, given_at, new_id
from tantam.desk.common.models import DueWork, Identity
from tantam.desk.reports import export as exports
from tantam.desk.reports.export import export
from tantam.desk.reports.reading import history
from tantam.history.events import DESK
from tantam.history.past import open_past
from tantam.history.store import Store, load
from tests.support.clock import StandingClock
from tests.support.desk import opened
from tests.support.together import together

IDS = "SELECT id FROM event ORDER BY id"


def written() -> list[int]:
    """Return the ids that are written."""
    return [id for (id,) in open_past(history()).rows(IDS)]


def in_database() -> list[int]:
    """Return the ids that the database has."""
    return list(CaseEvent.objects.order_by("id").values_list("id", flat=True))


def note(case: Any, at: datetime, *, id: int = 0) -> int:
    """Let something happen on a case at an instant, with an id of that instant; return the id."""
    made = CaseEvent(
        pk=id or first_id(at) + new_id() % 4096, case=case, at=at, code="noted", actor="plan", plan_version_id=1
    )
    made.save(force_insert=True)
    return made.pk


@pytest.fixture
def case(hoa: Any, clock: StandingClock) -> Any:
    """A case opened long enough ago."""
    made = opened(hoa)
    clock.forward(minutes=5)
    return made


def test_every_settled_event_is_written_once(case: Any) -> None:
    assert export() == len(in_database())
    assert written() == in_database()
    assert export() == 0
    assert written() == in_database()


def test_what_is_not_settled_waits(case: Any, clock: StandingClock) -> None:
    settled = in_database()
    note(case, clock.instant - timedelta(minutes=2) + timedelta(seconds=1))
    export()
    assert written() == settled
    clock.forward(seconds=2)
    assert export() == 1
    assert written() == in_database()


def test_nothing_to_write_changes_no_file(case: Any) -> None:
    export()
    before = {each: each.stat().st_mtime_ns for each in history().rglob("*")}
    export()
    assert {each: each.stat().st_mtime_ns for each in history().rglob("*")} == before


def test_months_end_where_they_end_in_utc(case: Any) -> None:
    last, first = datetime(2026, 2, 28, 23, 59, 59, 999_000, UTC), datetime(2026, 3, 1, tzinfo=UTC)
    ids = [note(case, each) for each in (last, first)]
    export()
    files = {each.month: each for each in Store(history()).manifest().of(DESK)}
    assert files["2026-02"].last == ids[0] and files["2026-03"].first == ids[1]
    assert given_at(first_id(first)) == first


def test_a_month_without_events_has_no_file(case: Any) -> None:
    note(case, datetime(2025, 11, 5, tzinfo=UTC))
    export()
    assert [each.month for each in Store(history()).manifest().of(DESK)] == ["2025-11", "2026-03"]


def test_an_event_that_committed_too_late_is_found_and_its_month_written_anew(case: Any) -> None:
    note(case, datetime(2026, 1, 5, tzinfo=UTC))
    export()
    untouched = Store(history()).manifest().of(DESK)[1]
    note(case, datetime(2026, 1, 4, tzinfo=UTC))
    assert export() == 2
    assert written() == in_database()
    assert untouched in Store(history()).manifest().files


def test_a_month_before_the_first_one_is_found_too(case: Any) -> None:
    export()
    note(case, datetime(2025, 12, 31, tzinfo=UTC))
    export()
    assert written() == in_database()


@pytest.mark.parametrize("hurt", ["missing", "changed"])
def test_a_hurt_file_is_written_anew(case: Any, hurt: str) -> None:
    note(case, datetime(2026, 1, 5, tzinfo=UTC))
    export()
    path = history() / Store(history()).manifest().of(DESK)[0].path
    if hurt == "missing":
        path.unlink()
    else:
        path.write_bytes(b"not parquet")
    export()
    assert written() == in_database()


def test_another_databases_events_are_dropped(case: Any, clock: StandingClock) -> None:
    export()
    Identity.objects.update(key="another")
    note(case, clock.instant - timedelta(minutes=4))
    export()
    source = Store(history()).manifest().source(DESK)
    assert source is not None and source.fingerprint == identity() == "another"
    assert written() == in_database()


def test_a_restored_database_takes_back_what_it_no_longer_has(case: Any) -> None:
    kept = in_database()
    export()
    at = first_id(datetime(2026, 5, 1, tzinfo=UTC))
    with Store(history()).writing() as writer:
        load(
            writer.connection, "ghost", [(at, case.pk, "2026-05-01 00:00:00", "noted", "{}", "plan", None, 1, "", None)]
        )
        writer.append(DESK, "2026-05", "ghost")
    assert written() == [*kept, at]
    export()
    assert written() == kept


def test_batches_become_files_and_files_become_one(case: Any, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "BATCH", 2)
    for minutes in range(20):
        note(case, clock.instant - timedelta(minutes=30 + minutes))
    export()
    assert written() == in_database()
    assert len(Store(history()).manifest().files) == 1


def test_a_worker_told_to_end_leaves_what_it_wrote_and_the_next_goes_on(
    case: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "BATCH", 2)
    turns = iter(range(3))

    def hold() -> None:
        if next(turns, None) is None:
            raise work.PutDown

    monkeypatch.setattr(exports, "hold", hold)
    for minutes in range(20):
        note(case, clock.instant - timedelta(minutes=30 + minutes))
    with pytest.raises(work.PutDown):
        export()
    assert written() == in_database()[:6]
    monkeypatch.setattr(exports, "hold", lambda: None)
    export()
    assert written() == in_database()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_everything_once(case: Any) -> None:
    found = together(export, export, export)
    assert sum(found) == len(in_database())
    export()
    assert written() == in_database()


def test_it_is_done_as_due_work(case: Any, clock: StandingClock) -> None:
    while work.run_due():  # what is due anyway leaves events too
        pass
    DueWork.objects.filter(key="export_history").delete()
    recurring.ask()
    DueWork.objects.exclude(key="export_history").delete()
    work.run_due()
    piece = DueWork.objects.get(kind="export_history")
    assert (piece.error, piece.due_at) == ("", clock.instant + timedelta(minutes=1))
    assert written() == in_database()
