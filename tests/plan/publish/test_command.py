"""`tantam publish`: files written, named one a line; what cannot be written is said, never a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.plan.publish.papers import PLANS


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "tantam.cli", "publish", *arguments], capture_output=True, text=True)


def test_it_writes_the_language_asked_for(tmp_path: Path) -> None:
    done = run(str(PLANS["ben-xuan"]), "--to", str(tmp_path), "--lang", "de")
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "index.html") in done.stdout.splitlines()
    assert '<html lang="de">' in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_an_unknown_language_is_refused_with_those_there_are(tmp_path: Path) -> None:
    done = run(str(PLANS["ben-xuan"]), "--to", str(tmp_path), "--lang", "fr")
    assert done.returncode == 2
    assert "vi, de, en" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_in_the_way_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "here").write_text("a file")
    done = run(str(PLANS["ben-xuan"]), "--to", str(tmp_path / "here"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
