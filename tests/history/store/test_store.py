"""The store: read by its manifest, changed in one step, never half, never by two."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tantam.history.events import DESK, create
from tantam.history.past import open_past
from tantam.history.store import Busy, HistoryDamaged, Store, connection, load, write
from tantam.history.store import writer as writers
from tests.history.store.sample import append, ids, rows, written


def staged(store: Store, name: str, source: str, *cases: int) -> Path:
    """Return a prepared file with one event a case."""
    path = store.staging(source) / name
    with connection() as own:
        own.execute(create("event"))
        for case in cases:
            own.execute(
                "INSERT INTO event BY NAME SELECT $source AS source, $id AS id, $case AS case_id, 'opened' AS code, "
                "TIMESTAMP '2025-06-01 10:00' AS instant",
                {"source": source, "id": -case, "case": case},
            )
        write(own, "event", path)
    return path


def test_nothing_written_is_an_empty_history(tmp_path: Path) -> None:
    manifest = Store(tmp_path / "none").manifest()
    assert (manifest.files, manifest.sources, manifest.last(DESK)) == ((), (), 0)


def test_what_was_appended_is_read(tmp_path: Path) -> None:
    store = written(tmp_path, rows(1, 2), rows(5, 4))
    manifest = store.manifest()
    assert (manifest.rows(DESK), manifest.last(DESK)) == (4, 5)
    assert ids(open_past(tmp_path)) == [1, 2, 4, 5]


def test_a_batch_of_nothing_leaves_no_file(tmp_path: Path) -> None:
    store = written(tmp_path, [])
    assert store.manifest().files == () and not list(tmp_path.rglob("*.parquet"))


def test_files_are_filed_by_month(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.writing() as writer:
        append(writer, "2026-01", rows(1))
        append(writer, "2026-02", rows(40))
    assert [Path(each.path).parts[:2] for each in store.manifest().of(DESK)] == [
        ("events", "2026-01"),
        ("events", "2026-02"),
    ]


def test_rewriting_a_month_leaves_the_others(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.writing() as writer:
        append(writer, "2026-01", rows(1))
        append(writer, "2026-02", rows(40, 41))
        load(writer.connection, "batch", rows(40, 41, 42))
        writer.rewrite(DESK, "2026-02", ["batch"])
    assert ids(open_past(tmp_path)) == [1, 40, 41, 42]


def test_small_files_of_the_newest_month_become_one_when_they_are_many(tmp_path: Path) -> None:
    store = written(tmp_path, *(rows(each) for each in range(1, writers.MOST_SMALL + 1)))
    with store.writing() as writer:
        writer.merge(DESK)
        assert len(writer.manifest.files) == writers.MOST_SMALL
        append(writer, "2026-02", rows(100))
        writer.merge(DESK)
    assert len(store.manifest().files) == 1
    assert ids(open_past(tmp_path)) == [*range(1, writers.MOST_SMALL + 1), 100]


def test_small_files_of_a_month_that_is_over_become_one(tmp_path: Path) -> None:
    store = written(tmp_path, rows(1), rows(2), month="2026-01")
    with store.writing() as writer:
        append(writer, "2026-02", rows(40))
        writer.merge(DESK)
    assert [each.rows for each in store.manifest().of(DESK)] == [2, 1]


def test_an_import_is_replaced_in_one_step_and_the_desk_stays(tmp_path: Path) -> None:
    store = written(tmp_path, rows(1))
    store.replace("log", [staged(store, "a", "log", -1), staged(store, "b", "log", -2)], fingerprint="one")
    assert ids(open_past(tmp_path)) == [1, 1, 2]
    store.replace("log", [staged(store, "a", "log", -3)], fingerprint="two", about={"file": "x.csv"})
    source = store.manifest().source("log")
    assert source is not None and (source.fingerprint, source.about) == ("two", {"file": "x.csv"})
    assert ids(open_past(tmp_path)) == [1, 3]
    assert not (tmp_path / "staging/log").exists()


def test_a_source_that_is_removed_is_gone(tmp_path: Path) -> None:
    store = written(tmp_path, rows(1))
    store.replace("log", [staged(store, "a", "log", -1)], fingerprint="one")
    assert store.remove("log") and not store.remove("log")
    assert ids(open_past(tmp_path)) == [1]


def test_what_is_staged_stays_until_it_is_replaced(tmp_path: Path) -> None:
    store = Store(tmp_path)
    path = staged(store, "a", "log", -1)
    with store.writing() as writer:
        writer.tidy()
    assert store.staging("log") == path.parent and path.exists()


def test_a_file_of_another_source_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(HistoryDamaged, match="not of 'other'"):
        store.replace("other", [staged(store, "a", "log", -1)], fingerprint="one")
    assert store.manifest().files == ()


def test_a_file_with_other_columns_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path)
    path = store.staging("log") / "a"
    with connection() as own:
        own.execute(f"COPY (SELECT 'log' AS source, 1 AS id, now()::TIMESTAMP AS instant) TO '{path}' (FORMAT parquet)")
    with pytest.raises(HistoryDamaged, match="columns"):
        store.replace("log", [path], fingerprint="one")


@pytest.mark.parametrize("name", ["desk", "", "../up", "A", "x" * 41])
def test_a_source_has_a_plain_name_and_is_not_the_desk(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="cannot be called"):
        Store(tmp_path).staging(name)


def test_only_one_writes(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.writing(), pytest.raises(Busy), store.writing():
        pass
    with store.writing():
        pass


def test_the_lock_falls_with_its_holder(tmp_path: Path) -> None:
    held = (
        "import sys, os; from pathlib import Path; from tantam.history.store import Store\n"
        f"with Store(Path({str(tmp_path)!r})).writing(): print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen([sys.executable, "-c", held], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None and other.stdout.readline() == b"held\n"
    with pytest.raises(Busy), Store(tmp_path).writing():
        pass
    other.kill()
    other.wait()
    with Store(tmp_path).writing():
        pass


def test_lost_files_go_once_no_reader_can_want_them(tmp_path: Path) -> None:
    store = written(tmp_path, rows(1))
    lost = tmp_path / "events/2026-02/desk-lost.parquet"
    lost.write_bytes(b"half")
    with store.writing() as writer:
        assert writer.tidy() == 0 and lost.exists()
        _age(lost)
        assert writer.tidy() == 1
    assert not lost.exists() and ids(open_past(tmp_path)) == [1]


def test_a_file_that_was_replaced_stays_for_those_who_read_it(tmp_path: Path) -> None:
    store = written(tmp_path, rows(1, 2))
    (old,) = store.manifest().files
    _age(tmp_path / old.path)
    reader = open_past(tmp_path)
    with store.writing() as writer:
        load(writer.connection, "batch", rows(1, 2, 3))
        writer.rewrite(DESK, "2026-02", ["batch"])
        assert writer.tidy() == 0
        assert ids(reader) == [1, 2]
        _age(tmp_path / old.path)
        assert writer.tidy() == 1


def _age(path: Path) -> None:
    """Let a file be older than any reader's patience."""
    before = path.stat().st_mtime - writers.GRACE_SECONDS - 60
    os.utime(path, (before, before))


@pytest.mark.parametrize("hurt", ["missing", "short", "changed"])
def test_a_hurt_file_is_noticed_and_named(tmp_path: Path, hurt: str) -> None:
    store = written(tmp_path, rows(1, 2, 3))
    path = tmp_path / store.manifest().files[0].path
    whole = path.read_bytes()
    match hurt:
        case "missing":
            path.unlink()
        case "short":
            path.write_bytes(whole[:-10])
        case "changed":
            path.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    with pytest.raises(HistoryDamaged, match=path.name):
        open_past(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', '{"format": 99, "sources": [], "files": []}'])
def test_a_manifest_that_cannot_be_read_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(HistoryDamaged, match=r"manifest\.json"):
        Store(tmp_path).manifest()


def test_the_manifest_is_plain_json(tmp_path: Path) -> None:
    store = written(tmp_path, rows(1, 2))
    told = json.loads((tmp_path / "manifest.json").read_text())
    assert told["sources"] == [{"name": "desk", "fingerprint": "this database", "about": {}}]
    (file,) = told["files"]
    assert file["rows"] == 2 and file["size"] == os.path.getsize(tmp_path / store.manifest().files[0].path)
    assert file["since"] == "2026-01-31T23:31:00+00:00"
