"""What customers may choose instead stands above the floors too, and nobody may grant beyond their level by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tantam.plan.errors import PlanUnreadable
from tests.plan.checks.plans import codes, findings

FLOOR = """\
terms: {fault: {one_of: [ours, customer]}}
floors: {law: {kind: warranty, when: fault = ours, gives: [repair, replace]}}
policies:
  warranty:
    kind: warranty
    commitment: We repair.
    decides: |
      fault    => outcome
      ours     => replace
      customer => estimate
    outcomes: {replace: {or: [CHOICE]}, repair: {label: Repair}, estimate: {label: Price}, voucher: {label: Voucher}}
"""
MONEY = """\
levels:
  agent: {handles: [minor], authority: {refund: 100 EUR}, escalates_to: manager}
  manager: {handles: [serious], authority: {refund: 500 EUR}}
outputs: {gets: {money: 0..}}
policies:
  refund:
    kind: refund
    commitment: We pay back.
    granted_by: manager
    decides: {outcome: money}
    outcomes: {money: {gets: 500 EUR, or: more}, more: {gets: AMOUNT}}
"""


def test_what_is_chosen_may_not_fall_below_the_law_either(tmp_path: Path) -> None:
    found = findings(tmp_path, FLOOR.replace("CHOICE", "repair, voucher"))
    (one,) = [each for each in found if each.code == "K110"]
    assert one.args["outcome"] == "voucher" and one.counterexample["fault"] == "ours"


def test_what_stands_above_the_law_may_be_chosen(tmp_path: Path) -> None:
    assert "K110" not in codes(findings(tmp_path, FLOOR.replace("CHOICE", "repair")))


def test_what_is_chosen_may_not_be_beyond_all_levels(tmp_path: Path) -> None:
    found = findings(tmp_path, MONEY.replace("AMOUNT", "501 EUR"))
    assert [(each.code, each.args["amount"]) for each in found if each.code == "K60"] == [("K60", "501 EUR")]
    assert "K60" not in codes(findings(tmp_path, MONEY.replace("AMOUNT", "500 EUR")))


def test_what_can_only_be_chosen_is_reached(tmp_path: Path) -> None:
    assert "K148" not in codes(findings(tmp_path, MONEY.replace("AMOUNT", "500 EUR")))
    idle = MONEY.replace("AMOUNT", "500 EUR").replace(", or: more", "")
    assert "K148" in codes(findings(tmp_path, idle))


def test_a_name_that_the_policy_does_not_describe_is_found_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(PlanUnreadable) as told:
        findings(tmp_path, MONEY.replace("AMOUNT", "1 EUR").replace("or: more", "or: moer"))
    (one,) = told.value.findings
    assert (one.clause, one.args["nearest"]) == ("policies.refund.outcomes.money.or", "more")
