"""An import killed anywhere goes on; a second one changes nothing; a changed log takes the place of the old."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tantam.history.imports.mapping import read_mapping
from tantam.history.imports.run import import_history
from tantam.history.store import Store
from tantam.history.store.files import locked_at_once
from tantam.plan.errors import PlanUnreadable
from tests.support import logs
from tests.support.sources import ROOT

# Imports in tiny chunks; told for the nth time how far it is, it is killed. 0: never.
KILLED = """
import os, signal, sys
from pathlib import Path
from tantam.history.imports import staging, written
from tantam.history.imports.mapping import read_mapping
from tantam.history.imports.run import import_history
staging.ROWS_A_CHUNK, written.ROWS_A_FILE = 3, 4
file, mapping, to = map(Path, sys.argv[1:4])
left = int(sys.argv[4])
steps = []
def told(step, share):
    steps.append(step)
    if len(steps) == left:
        os.kill(os.getpid(), signal.SIGKILL)
import_history(file, read_mapping(mapping), to, told=told)
print(len(steps))
"""
STEPS = 9  # four chunks of rows, sorting begun and done, three parts of cases


def run(file: Path, mapping: Path, to: Path, killed_at: int) -> subprocess.CompletedProcess[str]:
    arguments = [sys.executable, "-c", KILLED, str(file), str(mapping), str(to), str(killed_at)]
    return subprocess.run(arguments, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[tuple[object, ...]]]:
    """Return the log, its mapping, and what an import that nobody stopped makes of them."""
    folder = tmp_path_factory.mktemp("whole")
    rows = logs.rows()
    rows[3][1] = "-100"
    file, mapping = logs.write_csv(folder / "log.csv", rows), logs.write_mapping(folder)
    done = run(file, mapping, folder / "history", 0)
    assert done.stdout.strip() == str(STEPS), done.stderr
    return file, mapping, logs.events(folder / "history")


@pytest.mark.parametrize("killed_at", range(1, STEPS + 1))
def test_an_import_killed_anywhere_goes_on_to_the_same_end(
    tmp_path: Path, killed_at: int, whole: tuple[Path, Path, list[tuple[object, ...]]]
) -> None:
    file, mapping, expected = whole
    assert run(file, mapping, tmp_path, killed_at).returncode == -9
    assert not Store(tmp_path).manifest().sources
    again = run(file, mapping, tmp_path, 0)
    assert again.returncode == 0, again.stderr
    if killed_at < 4:
        assert int(again.stdout) < STEPS  # chunks that were finished are not read again
    assert logs.events(tmp_path) == expected
    assert "noise" in (tmp_path / "rejected-works.csv").read_text(encoding="utf-8-sig")
    assert not list((tmp_path / "staging").iterdir())


def test_a_second_import_changes_nothing_and_says_so(tmp_path: Path) -> None:
    file, mapping, to = logs.write_csv(tmp_path / "log.csv"), logs.write_mapping(tmp_path), tmp_path / "history"
    first = logs.imported(file, mapping, to)
    written = {path: path.stat().st_mtime_ns for path in to.rglob("*") if path.is_file()}
    second = logs.imported(file, mapping, to)
    assert (first.changed, second.changed) == (True, False)
    assert first.plain() | {"changed": False} == second.plain() | {"unknown": first.unknown}
    assert written == {path: path.stat().st_mtime_ns for path in to.rglob("*") if path.is_file()}


def test_a_log_whose_files_are_hurt_is_imported_anew(tmp_path: Path) -> None:
    file, mapping, to = logs.write_csv(tmp_path / "log.csv"), logs.write_mapping(tmp_path), tmp_path / "history"
    logs.imported(file, mapping, to)
    before = logs.events(to)
    for each in Store(to).manifest().files:
        (to / each.path).unlink()
    assert logs.imported(file, mapping, to).changed
    assert logs.events(to) == before


@pytest.mark.parametrize("hurt", [b"{", b"\xff\xfe", b"null", b'{"format": 2}'])
def test_a_damaged_history_is_told_and_left_as_it_is(tmp_path: Path, hurt: bytes) -> None:
    file, mapping, to = logs.write_csv(tmp_path / "log.csv"), logs.write_mapping(tmp_path), tmp_path / "history"
    to.mkdir()
    (to / "manifest.json").write_bytes(hurt)
    with pytest.raises(PlanUnreadable) as refused:
        logs.imported(file, mapping, to)
    assert refused.value.findings[0].code == "M37"
    assert (to / "manifest.json").read_bytes() == hurt


FULL = """
import resource, signal, sys
from pathlib import Path
from tantam.plan.errors import PlanUnreadable
from tantam.history.imports.mapping import read_mapping
from tantam.history.imports.run import import_history
file, mapping, to = map(Path, sys.argv[1:4])
mapping = read_mapping(mapping)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write beyond the limit fails, as on a full disk
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), int(sys.argv[4])))
try:
    import_history(file, mapping, to, told=lambda step, share: None)
except PlanUnreadable as told:
    print(told.findings[0].code, told.findings[0].args["problem"])
"""


@pytest.mark.parametrize("bytes", [100, 3_000])
def test_a_full_disk_is_told_and_the_next_import_goes_on(tmp_path: Path, bytes: int) -> None:
    file, mapping, to = logs.write_csv(tmp_path / "log.csv"), logs.write_mapping(tmp_path), tmp_path / "history"
    arguments = [sys.executable, "-c", FULL, str(file), str(mapping), str(to), str(bytes)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("M35 File too large\n", "")
    assert not Store(to).manifest().sources
    assert logs.imported(file, mapping, to).cases == 3


def test_a_changed_mapping_imports_anew(tmp_path: Path) -> None:
    file, to = logs.write_csv(tmp_path / "log.csv"), tmp_path / "history"
    logs.imported(file, logs.write_mapping(tmp_path), to)
    done = logs.imported(file, logs.write_mapping(tmp_path, ("people: unknown", "people: {column: staff}")), to)
    assert done.changed
    assert done.facts["people"] == 2


def test_a_changed_log_takes_the_place_of_the_old_with_the_same_numbers(tmp_path: Path) -> None:
    mapping, to = logs.write_mapping(tmp_path), tmp_path / "history"
    logs.imported(logs.write_csv(tmp_path / "log.csv"), mapping, to)
    before = _cases(to)
    logs.imported(logs.write_csv(tmp_path / "log.csv", logs.rows()[:9]), mapping, to)
    assert _cases(to) == {reference: number for reference, number in before.items() if reference != "9"}


def test_another_source_stays_as_it_is(tmp_path: Path) -> None:
    to = tmp_path / "history"
    file = logs.write_csv(tmp_path / "log.csv")
    logs.imported(file, logs.write_mapping(tmp_path), to)
    logs.imported(file, logs.write_mapping(tmp_path, ("source: works", "source: other")), to)
    manifest = Store(to).manifest()
    assert {each.name for each in manifest.sources} == {"works", "other"}
    numbers = {number for number, _ in _named(to, manifest)}
    assert len(numbers) == 6  # three cases each, of different numbers


def test_a_log_of_which_no_row_can_be_used_changes_nothing(tmp_path: Path) -> None:
    mapping, to = logs.write_mapping(tmp_path), tmp_path / "history"
    logs.imported(logs.write_csv(tmp_path / "log.csv"), mapping, to)
    before = logs.events(to)
    rows = [[*row[:2], "yesterday", *row[3:]] for row in logs.rows()]
    with pytest.raises(PlanUnreadable) as refused:
        logs.imported(logs.write_csv(tmp_path / "log.csv", rows), mapping, to)
    assert refused.value.findings[0].code == "M32"
    assert "yesterday" in refused.value.findings[0].sentence()
    assert logs.events(to) == before


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    file, mapping, to = logs.write_csv(tmp_path / "log.csv"), logs.write_mapping(tmp_path), tmp_path / "history"

    def grow(step: str, share: float) -> None:
        with file.open("a", encoding="utf-8") as more:
            more.write("x")

    with pytest.raises(PlanUnreadable) as refused:
        import_history(file, read_mapping(mapping), to, told=grow)
    assert refused.value.findings[0].code == "M30"
    assert not Store(to).manifest().sources


def test_two_imports_of_one_log_do_not_mix(tmp_path: Path) -> None:
    to = tmp_path / "history"
    with locked_at_once(to / "importing-works.lock"), pytest.raises(PlanUnreadable) as refused:
        logs.imported(logs.write_csv(tmp_path / "log.csv"), logs.write_mapping(tmp_path), to)
    assert refused.value.findings[0].code == "M36"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_nobody_may_write_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(PlanUnreadable) as refused:
        logs.imported(logs.write_csv(tmp_path / "log.csv"), logs.write_mapping(tmp_path), tmp_path / "closed" / "h")
    assert refused.value.findings[0].code == "M35"


def _cases(to: Path) -> dict[str, int]:
    """Return the numbers of the cases that the manifest's files hold."""
    return {reference: number for number, reference in _named(to, Store(to).manifest())}


def _named(to: Path, manifest: object) -> list[tuple[int, str]]:
    files = [str(to / each.path) for each in manifest.files]
    return duckdb.execute(
        "SELECT case_id, reference FROM read_parquet($files) WHERE code = 'opened'", {"files": files}
    ).fetchall()
