"""`tantam enact`: in force and numbered; errors 1, unreadable 2, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.sources import ROOT

GAP = """tantam: 1
company: {name: Nhỏ, languages: [vi], timezone: Asia/Ho_Chi_Minh, currency: VND}
terms: {fault: {one_of: [ours, none], ask: Lỗi gì?}}
policies:
  exchange:
    stage: after
    decides: |
      row | fault => outcome
      a   | ours  => exchange
    outcomes: {exchange: {label: Đổi}}
"""


def test_enacting_numbers_the_plan_and_says_from_when(tmp_path: Path) -> None:
    first = _enact(tmp_path, ROOT / "plans/ben-xuan")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("Version 1-") and "is in force from" in first.stdout
    later = _enact(tmp_path, ROOT / "plans/ben-xuan", "--from", "2099-01-01T08:00")
    assert later.stdout.startswith("Version 2-") and "2099-01-01 08:00" in later.stdout


@pytest.mark.parametrize("instant", ["2020-01-01", "tomorrow", "2026-13-01"])
def test_an_instant_that_cannot_be_is_refused(tmp_path: Path, instant: str) -> None:
    ended = _enact(tmp_path, ROOT / "plans/ben-xuan", "--from", instant)
    assert ended.returncode == 2 and instant in ended.stderr and "Traceback" not in ended.stderr


def test_errors_are_printed_with_their_place_and_nothing_is_enacted(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(GAP, encoding="utf-8")
    ended = _enact(tmp_path, path)
    assert ended.returncode == 1 and "plan.yaml:8:" in ended.stderr and "Traceback" not in ended.stderr
    assert _enact(tmp_path, ROOT / "plans/ben-xuan").stdout.startswith("Version 1-")


def test_what_cannot_be_read_ends_with_2(tmp_path: Path) -> None:
    ended = _enact(tmp_path, tmp_path / "nothing")
    assert ended.returncode == 2 and "nothing" in ended.stderr and "Traceback" not in ended.stderr


def _enact(home: Path, plan: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"TANTAM_HOME": str(home), "LC_ALL": "C.UTF-8"}
    environment.pop("TANTAM_DATABASE_URL", None)
    command = [sys.executable, "-m", "tantam.cli", "enact", str(plan), *arguments]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
