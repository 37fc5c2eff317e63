"""A gigabyte of customers with broken rows in its middle, killed on the way: each row once, in little memory."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.large_csv import Large, write_large
from tests.support.proving import PROVING

SIZE = 1_000_000_000
FIRST = 10_000_000
MOST_MORE = 100_000_000  # bytes beyond what a file of a hundredth takes; the database's own cache is 64 MiB of it
NOTE = 6_000  # letters of a cell: a gigabyte is about a hundred thousand rows
KILLED_AFTER = 30.0


@pytest.mark.drill
@pytest.mark.skipif(not PROVING, reason="long; tests/desk/imports/test_running.py is the quick one")
def test_a_gigabyte_with_broken_rows_is_taken_in_once_though_it_is_killed(tmp_path: Path) -> None:
    _enact(tmp_path)
    small = write_large(tmp_path / "small.csv", FIRST, NOTE)
    large = write_large(tmp_path / "large.csv", SIZE, NOTE)
    usual, _ = _taken(tmp_path, small, "small")
    killed = subprocess.Popen(_command(large, "large"), env=_environment(tmp_path), stdout=subprocess.DEVNULL)
    time.sleep(KILLED_AFTER)
    assert killed.poll() is None, "It was over before: the file is too small."
    killed.send_signal(signal.SIGKILL)
    killed.wait()

    most, counts = _taken(tmp_path, large, "large")

    assert (counts["new"] + counts["matched"], counts["rejected"]) == (large.good, large.broken)
    assert counts["matched"] == small.good  # whom the small file told of, under numbers of its own
    assert most - usual < MOST_MORE, f"{usual / 1e6:.0f} MB, then {most / 1e6:.0f} MB"
    _most, again = _taken(tmp_path, large, "large")
    assert (again["same"], again["new"], again["rejected"]) == (large.good, 0, large.broken)


def _taken(home: Path, large: Large, source: str) -> tuple[int, dict[str, int]]:
    """Return the most memory that taking the file in held (bytes), and what it came to."""
    process = subprocess.Popen(_command(large, source), env=_environment(home), stdout=subprocess.PIPE, text=True)
    most = 0
    while process.poll() is None:
        most = max(most, _resident(process.pid))
        time.sleep(0.2)
    assert process.stdout is not None and process.returncode == 0
    return most, json.loads(process.stdout.read())


def _resident(process: int) -> int:
    """Return the bytes that a process holds for itself (Linux); pages of the database that it looks into are not."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    line = next((each for each in status.splitlines() if each.startswith("RssAnon:")), "RssAnon: 0 kB")
    return int(line.split()[1]) * 1024


def _enact(home: Path) -> None:
    plan = Path(__file__).parents[2] / "plans/ben-xuan"
    command = [sys.executable, "-m", "tantam.cli", "enact", str(plan)]
    subprocess.run(command, env=_environment(home), check=True, stdout=subprocess.DEVNULL)


def _command(large: Large, source: str) -> list[str]:
    command = [sys.executable, "-m", "tantam.cli", "import", "customers", str(large.path), "--json"]
    return [*command, "--source", source]


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "TANTAM_HOME": str(home / "home"), "TANTAM_DATABASE_URL": f"sqlite:///{home}/t.sqlite3"}
