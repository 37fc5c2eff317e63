"""`tantam sql`: a table of a plan as SQL, or why not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[2]
PLAN = "plans/ben-xuan"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tantam.cli", "sql", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("manner", ["bits", "case"])
def test_a_policy_is_said_in_sql_that_runs(manner: str) -> None:
    said = run(PLAN, "exchange", "--manner", manner, "--key", "id")
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("-- policies.exchange.decides")
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE facts (id INT, fault TEXT, owned BIGINT)")
        connection.execute(
            "INSERT INTO facts VALUES (1, 'ours', 12), (2, 'ours', NULL), (3, NULL, 3), (4, 'none', 900)"
        )
        answers = connection.execute(said.stdout).fetchall()
    assert answers == [
        (1, 1, "replace", "at once", None),
        (2, None, None, None, "owned"),
        (3, None, None, None, "fault"),
        (4, 7, "decline", None, None),
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("exchang",), "Did you mean"),
        (("promises",), "promises:"),
        (("promises:first",), "promises:first_reply"),
        (("exchange", "--output", "outcom"), "outcome"),
        (("exchange", "--dialect", "oracle"), "oracle"),
        (("exchange", "--manner", "bit"), "bits"),
    ],
)
def test_a_wrong_word_is_told_with_what_is_there(arguments: tuple[str, ...], says: str) -> None:
    ended = run(PLAN, *arguments)
    assert ended.returncode == 2 and says in ended.stderr and "Traceback" not in ended.stderr


def test_a_cell_that_sql_cannot_say_is_told_with_its_place(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / PLAN, tmp_path / "plan"))
    policies = (folder / "policies.yaml").read_text(encoding="utf-8")
    assert "<= 365 days" in policies
    (folder / "policies.yaml").write_text(policies.replace("<= 365 days", "<= 12 months"), encoding="utf-8")
    ended = run(str(folder), "exchange", "--lang", "en")
    assert ended.returncode == 2 and "Q01" in ended.stderr and "a month has no fixed length" in ended.stderr


def test_one_kind_of_promise_is_said_alone() -> None:
    said = run(PLAN, "promises:first_reply", "--rows-only")
    assert said.returncode == 0, said.stderr
    assert "reply_critical" in said.stdout and "within" not in said.stdout and "visit" not in said.stdout
