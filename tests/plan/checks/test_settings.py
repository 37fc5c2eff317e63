"""A plan weighs its findings with a reason; errors that leave somebody without an answer stay."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tantam.plan.checks import CHECKS, CODES, checked
from tantam.plan.checks.described import anchor
from tantam.plan.errors import Severity
from tantam.plan.sections import read
from tantam.plan.words import catalogue
from tests.plan.checks.plans import HEAD, codes, findings

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "findings.md"
TOLD_ON_READING = ("K20", "P0")
CLOSED = """\
hours: {office: {mon-fri: "08:00-18:00"}}
channels: {phone: {hours: office}}
"""
GAP = """\
terms: {fault: {one_of: [ours, other]}}
policies:
  swap:
    commitment: We exchange.
    decides: |
      fault => outcome
      ours | replace
"""


@pytest.mark.parametrize(("weight", "expected"), [("note", Severity.NOTE), ("error", Severity.ERROR)])
def test_a_finding_weighs_what_the_plan_says(weight: str, expected: Severity, tmp_path: Path) -> None:
    found = findings(tmp_path, CLOSED + f"checks: {{K10: {{is: {weight}, because: We know}}}}\n")
    assert [(each.code, each.severity) for each in found] == [("K10", expected)]


def test_what_is_set_aside_is_kept_with_its_reason(tmp_path: Path) -> None:
    text = HEAD + CLOSED + "checks: {K10: {is: off, because: We know}}\n"
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    told = checked(read(tmp_path / "plan.yaml"))
    assert told.findings == ()
    assert [(each.finding.code, each.because) for each in told.set_aside] == [("K10", {"en": "We know"})]


@pytest.mark.parametrize("written", ["off", "{is: off}", '{is: off, because: ""}', '{is: off, because: "  "}'])
def test_without_a_reason_nothing_changes(written: str, tmp_path: Path) -> None:
    assert codes(findings(tmp_path, CLOSED + f"checks: {{K10: {written}}}\n")) == ["K10", "K90"]


@pytest.mark.parametrize("weight", ["off", "note", "warning"])
def test_an_error_that_leaves_somebody_without_an_answer_stays(weight: str, tmp_path: Path) -> None:
    text = GAP + f"channels: {{mail: {{}}}}\nchecks: {{K01: {{is: {weight}, because: Never happens}}}}\n"
    found = findings(tmp_path, text)
    assert [(each.code, each.severity) for each in found] == [("K01", Severity.ERROR), ("K92", Severity.WARNING)]
    assert found[1].args["at"] == "policies.swap.decides"


def test_an_error_about_figures_may_be_set_aside(tmp_path: Path) -> None:
    goal = "channels: {mail: {}}\ngoals: {glad: {aim: Glad, measure: smiles, target: 90 %, by: 2099-01-01}}\n"
    assert codes(findings(tmp_path, goal)) == ["K30"]
    assert codes(findings(tmp_path, goal + "checks: {K30: {is: off, because: Counted by hand}}\n")) == []


def test_a_setting_may_be_for_some_clauses_only(tmp_path: Path) -> None:
    two = """\
channels: {mail: {}}
levels: {a: {handles: [minor], escalates_to: b}, b: {handles: [serious]}}
terms: {severity: {one_of: [minor, serious]}}
providers: {one: {kind: third_party, topics: [x]}, other: {kind: third_party, topics: [y]}}
"""
    assert codes(findings(tmp_path, two), "K191") == ["K191", "K191"]
    aside = "checks: {K191: {is: off, because: They are new, clauses: [providers.one]}}\n"
    (left,) = (each for each in findings(tmp_path, two + aside) if each.code == "K191")
    assert left.clause == "providers.other"


def test_a_setting_that_finds_nothing_is_told_but_not_if_it_depends_on_the_day(tmp_path: Path) -> None:
    text = "channels: {mail: {}}\nchecks: {K21: {is: off, because: Why}, K31: {is: off, because: Why}}\n"
    assert [each.args["check"] for each in findings(tmp_path, text)] == ["K21"]
    plan = read(tmp_path / "plan.yaml")
    assert [each.args["check"] for each in checked(plan, datetime(2026, 1, 1, tzinfo=UTC)).findings] == ["K21", "K31"]


def test_every_code_belongs_to_one_check_and_has_its_place_on_the_page() -> None:
    every = [code for each in CHECKS for code in each.codes]
    assert not [code for code, times in Counter(every).items() if times > 1], "each belongs to one check"
    assert len(every) >= 80
    assert not [code for code in every if code not in catalogue()], "write their sentences in src/tantam/plan/words"
    own = [code for code in catalogue() if re.fullmatch(r"[KP]\d+", code) and not code.startswith(TOLD_ON_READING)]
    assert not [code for code in own if code not in CODES], "name them in the CHECK that finds them"
    heads = [line[4:] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("### ")]
    anchors = {each.lower().replace("(", "").replace(")", "").replace(" ", "-") for each in heads}
    missing = [code for code, weights in CODES.items() if anchor(code, weights).partition("#")[2] not in anchors]
    assert not missing, f"give each a heading with its weights, `### K12 (error or warning)`, on {PAGE.name}"
