"""`tantam decide MODEL.dmn`: its answer as JSON, its facts, and how it ends with bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_plan_commands import SHOP, run
from tests.plan.dmn.models import decision, input_data, literal, model, table


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "model.dmn"
    rules = ['>= 18 | - | "yes" | born on + duration("P18Y")', '< 18 | true | "with parents" | null']
    path.write_bytes(
        model(
            input_data("Age", "number"),
            input_data("born on", "date"),
            input_data("asked", "boolean"),
            decision("grown", table(["Age", "asked"], ["may", "since"], rules), "Age", "asked", "born on"),
            decision("third", literal("Age / 3"), "Age"),
        )
    )  # fmt: skip
    return path


def test_the_outcome_is_json_with_exact_numbers_and_iso_dates(file: Path) -> None:
    ended = run("decide", file, "grown", "Age=20", "born on=2006-02-28")
    assert ended.code == 0
    answer = ended.json()
    assert answer["outcome"] == {"may": "yes", "since": "2024-02-28"}
    assert answer["because"]["decision"] == "grown"
    assert answer["because"]["rules"] == [1]
    assert answer["because"]["text"] == "grown: rule 1."
    assert "6.666666666666666666666666666666667" in run("decide", file, "third", "Age=20", "--json").out


def test_facts_come_from_a_file_and_from_the_line(file: Path, tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps({"Age": 12, "asked": True}), encoding="utf-8")
    assert run("decide", file, "grown", "--facts", facts).json()["outcome"]["may"] == "with parents"
    assert run("decide", file, "grown", "Age=30", "--facts", facts).json()["outcome"]["may"] == "yes"


def test_no_rule_is_null_and_no_failure(file: Path) -> None:
    ended = run("decide", file, "grown", "Age=12", "asked=false")
    assert (ended.code, ended.json()["outcome"], ended.json()["because"]["rules"]) == (0, None, [])
    german = run("decide", file, "grown", "Age=12", "asked=false", lang="de_DE.UTF-8")
    assert german.json()["because"]["text"] == "grown: Keine Regel trifft zu."


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["grwn"], "grown"),
        (["grown", "Age"], "name=value"),
        (["grown", "Age=1", "Age=2"], "twice"),
        (["grown", "--facts", "nowhere.json"], "nowhere.json"),
    ],
)
def test_bad_input_ends_with_2_and_says_what(file: Path, arguments: list[str], said: str) -> None:
    ended = run("decide", file, *arguments)
    assert ended.code == 2
    assert said in ended.err


@pytest.mark.parametrize("fact", ["Agee=5", "Age=many", "Age=1e99999"])
def test_a_fact_that_does_not_fit_is_null_and_said(file: Path, fact: str) -> None:
    ended = run("decide", file, "grown", fact)
    assert (ended.code, ended.json()["outcome"]) == (0, None)
    assert fact.partition("=")[0] in ended.err


@pytest.mark.parametrize("content", ["[1]", "{", "NaN", '{"Age": Infinity}', "[" * 100_000])
def test_a_facts_file_that_is_no_object_is_refused(file: Path, tmp_path: Path, content: str) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(content, encoding="utf-8")
    ended = run("decide", file, "grown", "--facts", facts)
    assert ended.code == 2
    assert "facts.json" in ended.err


def test_what_cannot_be_read_is_null_and_told_with_its_line_in_every_language(tmp_path: Path) -> None:
    path = tmp_path / "bad.dmn"
    path.write_bytes(model(decision("d", literal("1 + nothing"))))
    for lang in ("vi_VN.UTF-8", "de_DE.UTF-8", "en_US.UTF-8"):
        ended = run("decide", path, "d", lang=lang)
        assert (ended.code, ended.json()["outcome"]) == (0, None)
        assert f"{path}:2:" in ended.err and "nothing" in ended.err and "D06" in ended.err
        assert "D06" in ended.json()["because"]["warnings"][0]
    assert run("decide", tmp_path / "none.dmn", "d").code == 2
    assert run("decide", tmp_path, "d").code == 2


def test_facts_files_are_for_models_only(tmp_path: Path) -> None:
    ended = run("decide", SHOP, "exchange", "--facts", tmp_path / "facts.json")
    assert ended.code == 2
    assert "DMN" in ended.err


def test_what_takes_too_long_is_ended_and_said(tmp_path: Path) -> None:
    path = tmp_path / "long.dmn"
    path.write_bytes(model(decision("d", literal(f'matches("{"a" * 40}!", "(a+)+$")'))))
    code = "import tantam.cli.decide_dmn as command; command.LONGEST = 1; from tantam.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "decide", str(path), "d", "--lang", "en"],
        capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    assert done.returncode == 2
    assert "nested repetitions" in done.stderr and "Traceback" not in done.stderr
