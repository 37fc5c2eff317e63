"""No policy falls below the law: proved over every case, told with one that the engine itself answers so."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tantam.plan.errors import Finding, Severity
from tantam.plan.run.decide import decide
from tantam.plan.sections import read
from tests.plan.checks.plans import findings

PLAN = """\
terms:
  fault: {one_of: [ours, customer]}
  owned: {duration: 0 days..}
  buyer: {one_of: [private, business]}
  known: {yes_no: any}
floors:
  two_years:
    law: § 438 BGB
    kind: warranty
    when: fault = ours and owned <= LAW and buyer = private
    gives: [repair, replace]
policies:
  warranty:
    kind: warranty
    commitment: We repair.
    MUST
    decides: |
      row      | fault    | owned    | buyer   => outcome
      covered  | ours     | <= COVER | -       => repair
      business | ours     | > COVER  | -       => estimate
      own      | customer | -        | -       => estimate
"""


def found(folder: Path, cover: str, *, law: str = "24 months", must: str = "") -> list[Finding]:
    text = PLAN.replace("COVER", cover).replace("LAW", law).replace("    MUST\n", must)
    return [each for each in findings(folder, text) if each.code in ("K110", "K111", "K112")]


@pytest.mark.parametrize("cover", ["24 months", "25 months", "3 years", "731 days", "800 days"])
def test_who_grants_as_much_as_the_law_or_more_is_clean(cover: str, tmp_path: Path) -> None:
    assert found(tmp_path, cover) == []


@pytest.mark.parametrize("cover", ["23 months", "12 months", "700 days", "1 day"])
def test_who_grants_less_is_told_with_a_case(cover: str, tmp_path: Path) -> None:
    (one,) = found(tmp_path, cover)
    assert (one.code, one.severity, one.clause) == ("K110", Severity.ERROR, "policies.warranty.decides#business")
    assert one.counterexample["fault"] == "ours" and one.args["outcome"] == "estimate"
    assert "§ 438 BGB" in one.sentence("de")


def test_730_days_are_two_years_but_for_those_with_a_leap_day(tmp_path: Path) -> None:
    (one,) = found(tmp_path, "730 days")
    assert one.code == "K110" and one.counterexample["owned"].startswith("731 days")


def test_what_is_required_first_may_not_take_it_away_either(tmp_path: Path) -> None:
    must = "    must: |\n      must => else\n      known = yes => decline\n"
    (one,) = found(tmp_path, "24 months", must=must)
    assert (one.args["outcome"], one.counterexample["known"]) == ("decline", "no")
    harmless = "    must: |\n      must => else\n      known = yes => replace\n"
    assert found(tmp_path, "24 months", must=harmless) == []


def test_the_case_that_is_told_is_answered_so(tmp_path: Path) -> None:
    (one,) = found(tmp_path, "12 months")
    plan = read(tmp_path / "plan.yaml")
    facts = {term: text.partition(" (")[0] for term, text in one.counterexample.items()}
    assert decide(plan, "warranty", facts, now=datetime(2026, 3, 1, tzinfo=UTC)).outcome == one.args["outcome"]


def test_the_law_says_nothing_of_whom_it_does_not_name(tmp_path: Path) -> None:
    text = PLAN.replace("COVER  | -  ", "COVER | business").replace("LAW", "24 months").replace("    MUST\n", "")
    text = text.replace("COVER", "12 months").replace(
        "      own ", "      late | ours | > 12 months | private => replace\n      own "
    )
    assert [each.code for each in findings(tmp_path, text) if each.code in ("K110", "K111", "K112")] == []
