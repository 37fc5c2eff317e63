"""A server and its worker begin at once, as a machine that starts begins them: both find what they need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.sources import ROOT

GATHER = "from tantam.cli import ready; ready.set_up(); ready.collect_static()"


def test_processes_that_begin_at_once_gather_what_is_served_one_after_the_other(tmp_path: Path) -> None:
    home = {"TANTAM_HOME": str(tmp_path), "TANTAM_DATABASE_URL": f"sqlite:///{tmp_path}/desk.sqlite3"}
    begun = [
        subprocess.Popen([sys.executable, "-c", GATHER], env=os.environ | home, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [each.communicate(timeout=120)[1] for each in begun]
    assert [each.returncode for each in begun] == [0, 0, 0], said
    assert (tmp_path / "static" / ".gathered").exists()


def enact(where: Path, **surroundings: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("TANTAM_")}
    asked = [sys.executable, "-m", "tantam.cli", "enact", str(ROOT / "plans/ben-xuan")]
    return subprocess.run(asked, cwd=where, env=plain | surroundings, capture_output=True, text=True, check=False)


def test_a_folder_that_was_deleted_under_the_terminal_is_said(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    asked = (
        f"cd {tmp_path}/gone && rmdir {tmp_path}/gone && exec {sys.executable} -m tantam.cli enact {ROOT}/plans/hotel"
    )
    plain = {name: value for name, value in os.environ.items() if not name.startswith("TANTAM_")}
    ended = subprocess.run(asked, shell=True, capture_output=True, text=True, check=False, env=plain)
    assert ended.returncode == 2 and "no longer there" in ended.stderr and "Traceback" not in ended.stderr


def test_a_home_that_cannot_be_written_into_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = enact(tmp_path, TANTAM_HOME=str(tmp_path / "file"))
    assert ended.returncode == 2 and str(tmp_path / "file") in ended.stderr and "TANTAM_HOME=" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_database_that_is_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "tantam.sqlite3").write_bytes(b"no database at all, but long enough" * 100)
    ended = enact(tmp_path, TANTAM_HOME=str(tmp_path))
    assert ended.returncode == 2 and "tantam.sqlite3" in ended.stderr and "Traceback" not in ended.stderr


def test_a_number_that_is_none_is_said_with_its_name(tmp_path: Path) -> None:
    ended = enact(tmp_path, TANTAM_HOME=str(tmp_path), TANTAM_PROXIES="two")
    assert ended.returncode == 2 and "TANTAM_PROXIES is 'two'" in ended.stderr
