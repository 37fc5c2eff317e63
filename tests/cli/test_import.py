"""`tantam import history`, as people and scripts call it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tantam.history.imports.run import CODES
from tantam.plan.words import catalogue
from tests.support import logs


def tantam(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tantam.cli", "import", *map(str, arguments)]
    environment = {"PATH": "", "LANG": "en_US.UTF-8", "TANTAM_HOME": str(folder / "home")}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=folder)


def test_history_lies_below_home_unless_said(tmp_path: Path) -> None:
    done = tantam(tmp_path, "history", logs.write_csv(tmp_path / "log.csv"), "--mapping", logs.write_mapping(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Rows read: 10. Dropped knowingly: 0. Cases: 3." in done.stdout
    assert "Facts of the plan that the log does not know: people." in done.stdout
    assert len(logs.events(tmp_path / "home" / "history")) == 17


@pytest.mark.parametrize(
    ("lang", "event", "reason", "figures"),
    [
        ("en", "came in", "noise, as the mapping says", "The figures"),
        ("vi", "mở phiếu", "nhiễu, theo bản ánh xạ", "Số liệu"),
        ("de", "eingegangen", "Rauschen, wie die Zuordnung sagt", "Die Kennzahlen"),
    ],
)
def test_codes_are_said_in_words_and_the_end_says_where_to_look(
    tmp_path: Path, lang: str, event: str, reason: str, figures: str
) -> None:
    rows = logs.rows()
    rows[3][1] = "-100"
    file, mapping = logs.write_csv(tmp_path / "log.csv", rows), logs.write_mapping(tmp_path)
    done = tantam(tmp_path, "history", file, "--mapping", mapping, "--to", "h of ours", "--lang", lang)
    said = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert f"opened 3 {event}" in said and f"noise 1 {reason}" in said
    assert said[-2].startswith(figures) and said[-2].endswith("/desk/measures/?source=works")
    assert said[-1].endswith("tantam replay PLAN --history 'h of ours' --source works")


def test_every_event_and_every_reason_has_its_words() -> None:
    keys = catalogue()
    assert {code for code in CODES if f"import_event_{code}" not in keys} == set()
    reasons = {key.removeprefix("reject_") for key in keys if key.startswith("reject_")}
    assert {code for code in reasons if f"import_reason_{code}" not in keys} == set()


def test_a_value_that_no_row_has_is_told(tmp_path: Path) -> None:
    mapping = logs.write_mapping(tmp_path, ("values: Waiting", "values: waiting"))
    done = tantam(tmp_path, "history", logs.write_csv(tmp_path / "log.csv"), "--mapping", mapping)
    assert "Not one row shows asked:" in done.stdout


def test_a_mapping_that_is_not_there_is_called_a_mapping(tmp_path: Path) -> None:
    done = tantam(tmp_path, "history", logs.write_csv(tmp_path / "log.csv"), "--mapping", "none.yaml")
    assert done.returncode == 2
    assert "none.yaml does not exist. Give the file of a mapping" in done.stderr


def test_json_tells_what_it_came_to(tmp_path: Path) -> None:
    rows = logs.rows()
    rows[3][1] = "-100"
    file, mapping = logs.write_csv(tmp_path / "log.csv", rows), logs.write_mapping(tmp_path)
    done = tantam(tmp_path, "history", file, "--mapping", mapping, "--to", tmp_path / "h", "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert (told["rows"], told["cases"], told["rejected"], told["changed"]) == (10, 3, {"noise": 1}, True)
    assert told["events"]["opened"] == 3
    again = json.loads(tantam(tmp_path, "history", file, "--mapping", mapping, "--to", "h", "--json").stdout)
    assert again == told | {"changed": False}


def test_what_is_wrong_is_told_with_its_place_and_ends_with_2(tmp_path: Path) -> None:
    mapping = logs.write_mapping(tmp_path, ("case: number", "case: numbr"), ("Call: phone", "Call: fone"))
    done = tantam(tmp_path, "history", logs.write_csv(tmp_path / "log.csv"), "--mapping", mapping.name)
    assert (done.returncode, done.stdout) == (2, "")
    assert "map.yaml:5:7: error M11" in done.stderr
    assert "M04" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["history"], ["history", "x.csv"], ["histroy"], []])
def test_a_wrong_call_is_answered_without_a_traceback(tmp_path: Path, arguments: list[str]) -> None:
    done = tantam(tmp_path, *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_ctrl_c_ends_cleanly_and_the_next_run_goes_on(tmp_path: Path) -> None:
    rows = [[f"{copy}-{row[0]}", *row[1:]] for copy in range(12_000) for row in logs.rows()]
    file, mapping = logs.write_csv(tmp_path / "log.csv", rows), logs.write_mapping(tmp_path)
    for to in (f"h{number}" for number in range(8)):
        code, said = _interrupted(tmp_path, ["history", str(file), "--mapping", str(mapping), "--to", to])
        if code:  # else it was through before the signal came
            break
    assert code == 130
    assert "Run the same command again" in said or "này" in said or "macht hier weiter" in said
    assert "Traceback" not in said
    done = tantam(tmp_path, "history", file, "--mapping", mapping, "--to", to, "--json")
    assert json.loads(done.stdout)["cases"] == 36_000


def _interrupted(folder: Path, arguments: list[str]) -> tuple[int, str]:
    """Return the exit code and the words of an import that was told to stop as its first rows were kept."""
    command = [sys.executable, "-m", "tantam.cli", "import", *arguments]
    started = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 120
    while not list(folder.glob(f"{arguments[-1]}/staging/works/*/rows/000000.json")) and time.monotonic() < until:
        if started.poll() is not None:
            break
        time.sleep(0.01)
    started.send_signal(signal.SIGINT)
    _, said = started.communicate(timeout=120)
    return started.returncode, said
