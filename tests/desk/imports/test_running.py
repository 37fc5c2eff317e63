"""How a file is taken in: in portions, each whole with how far it is; in little memory, however large the file."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from tantam.desk.common import clock
from tantam.desk.customers.models import Customer
from tantam.desk.imports import running, store
from tantam.desk.imports.meaning.cells import Setting
from tantam.desk.imports.meaning.form import Mapping
from tantam.desk.imports.meaning.rows import Rows
from tantam.desk.imports.meaning.wrong import Wrong
from tantam.desk.imports.models import Import
from tantam.desk.imports.reading.opening import opened
from tantam.desk.imports.reading.sniffing import sniffed
from tantam.desk.imports.running import begin, run
from tantam.desk.imports.tidying import KEPT, tidy
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.imports import brought, counts, why, written
from tests.support.large_csv import write_large

SETTING = Setting("VN", ("vi",), "Asia/Ho_Chi_Minh", "VND")


class Crash(BaseException):
    """The worker is killed."""


def rows(count: int) -> str:
    """Return a file in which every tenth row is broken."""
    lines = [f"K{n},Nguyễn Văn {n},{'no mail' if n % 10 == 5 else f'k{n}@x.example'}\n" for n in range(count)]
    return "id,name,email\n" + "".join(lines)


@pytest.fixture
def held(staff: desk.Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    """An import of a hundred rows, taken in ten at a time."""
    monkeypatch.setattr(running, "PORTION", 10)
    found = brought(written(tmp_path, rows(100)), staff.manager)
    Import.objects.filter(pk=found.pk).update(state=Import.State.WAITING)
    return found


def go(held: Import) -> None:
    begun = begin(held.pk)
    assert begun is not None
    run(begun, store.file_of(held), lambda share: None)


@pytest.mark.parametrize("at", ["between", "inside"])
def test_a_killed_worker_costs_nothing_and_nothing_is_counted_twice(
    held: Import, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    taken, done = running._take, []

    def killed(*given: Any) -> None:
        done.append(1)
        if len(done) == 4 and at == "between":
            raise Crash
        taken(*given)

    def lost(self: Import, *given: Any, **named: Any) -> None:
        if len(done) == 4 and at == "inside":  # the rejected rows lie on the disk, what is taken in is undone
            raise Crash
        saved(self, *given, **named)

    saved = Import.save
    monkeypatch.setattr(running, "_take", killed)
    monkeypatch.setattr(Import, "save", lost)
    with pytest.raises(Crash):
        go(held)
    monkeypatch.setattr(running, "_take", taken)
    monkeypatch.setattr(Import, "save", saved)
    assert Customer.objects.count() == 27

    go(held)

    held.refresh_from_db()
    assert (held.state, counts(held)) == ("done", {"new": 90, "rejected": 10})
    assert why(held) == [(n + 2, "bad_mail") for n in range(5, 100, 10)]
    assert Customer.objects.count() == 90


def test_who_stops_it_meets_it_at_the_end_of_a_portion(held: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, done = running._take, []

    def stopped(*given: Any) -> None:
        done.append(1)
        if len(done) == 3:
            Import.objects.filter(pk=held.pk).update(state=Import.State.STOPPED)
        taken(*given)

    monkeypatch.setattr(running, "_take", stopped)
    go(held)

    held.refresh_from_db()
    assert (held.state, held.row, Customer.objects.count()) == ("stopped", 21, 18)


def test_two_workers_at_once_do_each_row_once(held: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, done = running._take, []

    def joined(*given: Any) -> None:
        done.append(1)
        if len(done) == 2:  # another worker takes it up and gets to its end
            monkeypatch.setattr(running, "_take", taken)
            go(held)
        taken(*given)

    monkeypatch.setattr(running, "_take", joined)
    go(held)

    held.refresh_from_db()
    assert (counts(held), Customer.objects.count()) == ({"new": 90, "rejected": 10}, 90)


def test_a_file_that_ends_its_worker_each_time_is_given_up(held: Import) -> None:
    for _ in range(running.MOST_ATTEMPTS):
        assert begin(held.pk) is not None
    assert begin(held.pk) is None
    held.refresh_from_db()
    assert (held.state, held.trouble) == ("failed", "ended_its_worker")


def test_a_file_and_its_rejected_rows_are_thrown_away_after_a_month(held: Import, clock: StandingClock) -> None:
    go(held)
    assert store.file_of(held).exists()

    clock.forward(minutes=KEPT.total_seconds() / 60 + 1)
    tidy({})

    held.refresh_from_db()
    assert held.file_gone and not store.folder(held.pk).exists()
    assert counts(held) == {"new": 90, "rejected": 10}


def test_what_is_under_way_is_not_thrown_away(held: Import) -> None:
    Import.objects.update(made_at=clock.now() - 2 * KEPT)
    tidy({})
    assert store.file_of(held).exists()


def test_a_file_is_read_in_the_memory_of_a_few_rows(tmp_path: Path) -> None:
    large = write_large(tmp_path / "large.csv", 30_000_000)
    mapping = {
        "rows": "customers",
        "source": "x",
        "fields": {"id": "id", "name": "name", "mail": "email", "note": "note"},
    }
    tracemalloc.start()
    try:
        good = broken = 0
        with opened(large.path, sniffed(large.path, "vi")) as table:
            reader = Rows(Mapping.model_validate(mapping), table.columns, SETTING)
            for line in table.lines:
                try:
                    reader.read(line)
                    good += 1
                except Wrong:
                    broken += 1
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (good, broken) == (large.good, large.broken)
    assert peak < 12_000_000  # the first megabyte is looked at for its encoding
