"""`tantam publish`: files written, named one a line; what cannot be written is said, never a traceback."""

from __future__ import annotations

import hashlib
import json
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


def files(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


QUICK = ("--lang", "en", "--date", "2026-11-22")


def test_a_second_run_gives_the_same_bytes(tmp_path: Path) -> None:
    assert run(str(PLANS["shop"]), "--to", str(tmp_path), *QUICK).returncode == 0
    before = files(tmp_path)
    assert run(str(PLANS["shop"]), "--to", str(tmp_path), *QUICK).returncode == 0
    assert files(tmp_path) == before
    assert {"index.html", "plan.pdf", "plan.md"} <= set(before)


def test_what_is_no_longer_part_of_the_plan_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    run(str(PLANS["ben-xuan"]), "--to", str(tmp_path), "--date", "2026-11-22")
    (tmp_path / "notes.txt").write_text("ours")
    changed = tmp_path / "tables" / "exchange.dmn"
    changed.write_text("changed by hand")
    done = run(str(PLANS["hotel"]), "--to", str(tmp_path), *QUICK)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "de").exists()
    assert not (tmp_path / "tables" / "warranty.dmn").exists()
    assert (tmp_path / "notes.txt").read_text() == "ours"
    assert changed.read_text() == "changed by hand"
    assert "warranty.dmn" in done.stderr
    assert "exchange.dmn" in done.stderr


def test_a_list_that_points_elsewhere_takes_nothing_away(tmp_path: Path) -> None:
    outside = tmp_path / "precious"
    outside.write_text("")
    to = tmp_path / "to"
    to.mkdir()
    empty = hashlib.sha256(b"").hexdigest()
    (to / ".published.json").write_text(json.dumps({"../precious": empty, str(outside): empty, "": empty, "x": 3}))
    assert run(str(PLANS["shop"]), "--to", str(to)).returncode == 0
    assert outside.exists()


def test_a_part_that_fails_is_told_and_the_rest_stands(tmp_path: Path) -> None:
    (tmp_path / "plan.md" / "in the way").mkdir(parents=True)
    done = run(str(PLANS["shop"]), "--to", str(tmp_path), *QUICK)
    assert done.returncode == 1
    assert "plan.md" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "index.html").exists()
    assert (tmp_path / "plan.pdf").exists()


def test_without_typst_it_says_what_to_install_and_writes_the_rest(tmp_path: Path) -> None:
    code = "import sys; sys.modules['typst'] = None; from tantam.cli import main; main()"
    arguments = ["publish", str(PLANS["shop"]), "--to", str(tmp_path), *QUICK]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True)
    assert done.returncode == 0
    assert 'pip install "tantam[publish]"' in done.stderr
    assert (tmp_path / "index.html").exists()
    assert not (tmp_path / "plan.pdf").exists()


def test_names_of_clauses_lead_to_no_other_folder(tmp_path: Path) -> None:
    source = tmp_path / "plan.yaml"
    source.write_text(
        "tantam: 1\ncompany: {name: A, languages: [en], timezone: UTC, currency: EUR}\n"
        "hours: {'../../out': {mon-fri: '09:00-17:00'}}\n"
    )
    done = run(str(source), "--to", str(tmp_path / "a" / "b"), *QUICK)
    assert "Traceback" not in done.stderr
    assert {each.split("/")[0] for each in files(tmp_path)} == {"plan.yaml", *(["a"] if done.returncode < 2 else [])}
    assert not list(tmp_path.glob("out*"))
