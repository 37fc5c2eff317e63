"""`tantam direct`: says from when until when, refuses what does not fit, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.sources import ROOT


def test_what_fits_counts_and_what_does_not_is_refused_with_its_place(tmp_path: Path) -> None:
    _run(tmp_path, "enact", str(ROOT / "plans/ben-xuan"))
    overlay = tmp_path / "stock-taking.yaml"
    overlay.write_text('hours: {office: {"2099-11-27": closed}}', encoding="utf-8")
    ended = _run(tmp_path, "direct", str(overlay), "--until", "2020-01-01")
    assert ended.returncode == 2 and "2020-01-01" in ended.stderr
    ended = _run(tmp_path, "direct", str(overlay), "--until", "2099-01-01")
    assert ended.returncode == 2 and "366" in ended.stderr and "Traceback" not in ended.stderr
    overlay.write_text("promises: {clock: nowhere}", encoding="utf-8")
    ended = _run(tmp_path, "direct", str(overlay), "--until", _soon())
    assert ended.returncode in (1, 2) and "directives/1.yaml:1" in ended.stderr and "Traceback" not in ended.stderr
    overlay.write_text('policies: {refund: {commitment: {en: "Until the 30th we take more back."}}}', encoding="utf-8")
    ended = _run(tmp_path, "direct", str(overlay), "--until", _soon(), "--because", "It is the season.")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("Directive 1 counts from ")


def _soon() -> str:
    from datetime import UTC, datetime, timedelta

    return (datetime.now(UTC) + timedelta(days=9)).date().isoformat()


def _run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"TANTAM_HOME": str(home), "LC_ALL": "C.UTF-8"}
    environment.pop("TANTAM_DATABASE_URL", None)
    command = [sys.executable, "-m", "tantam.cli", *arguments]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
