"""What rows give: within bounds for every case, by names that are there, to outcomes that some case reaches."""

from __future__ import annotations

from pathlib import Path

import pytest

from tantam.plan.errors import Finding
from tests.plan.checks.plans import findings

PLAN = """\
channels: {mail: {}, phone: {}}
levels: {agent: {handles: [minor]}}
terms:
  fault: {one_of: [ours, other]}
  price: {money: 0..200}
  owned: {duration: 0 days..}
outputs: {gets: {money: 0..100}}
policies:
  help:
    commitment: We help.
    decides: |
      fault => outcome | gets | by
      ours  => refund  | GETS | agent
      other => decline | -    | -
    outcomes: {refund: {label: money}, decline: {label: no}}
follow_ups: |
  event       => after          | do   | channel | at
  handed_over | 2 working days  | call | phone   | 17:30
promises: |
  promise     => within | by
  first_reply |  4 h    | agent
"""


def told(folder: Path, text: str, code: str) -> list[Finding]:
    return [each for each in findings(folder, text) if each.code == code]


@pytest.mark.parametrize(
    ("gets", "case"),
    [
        ("price - 10 EUR", {"fault": "ours", "price": "0.00 EUR"}),
        ("price + 20 EUR", {"fault": "ours"}),
        ("if(owned > 9 days, 5 EUR, price - 1 EUR)", {"fault": "ours", "price": "0.00 EUR"}),
    ],
)
def test_a_result_out_of_its_bounds_is_told_with_a_case(gets: str, case: dict[str, str], tmp_path: Path) -> None:
    (found,) = told(tmp_path, PLAN.replace("GETS", gets), "K15")
    assert case.items() <= found.counterexample.items()


@pytest.mark.parametrize(
    "gets",
    ["100 EUR", "price / 2", "min(price, 100 EUR)", "max(0 EUR, min(price - 50 EUR, 100 EUR))"],
)
def test_a_result_that_stays_within_its_bounds_is_not_told(gets: str, tmp_path: Path) -> None:
    assert told(tmp_path, PLAN.replace("GETS", gets), "K15") == []


def test_only_cases_that_come_to_the_row_count(tmp_path: Path) -> None:
    text = PLAN.replace("fault =>", "fault | price    =>").replace("other =>", "other | -        =>")
    held = text.replace("ours  =>", "ours  | <= 90 EUR =>").replace("GETS", "price + 10 EUR")
    assert told(tmp_path, held, "K15") == []
    assert told(tmp_path, held.replace("<= 90 EUR", "<= 91 EUR"), "K15")


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("GETS | agent", "GETS | agnt", "by"),
        ("4 h    | agent", "4 h    | boss", "by"),
        ("phone   | 17:30", "fax     | 17:30", "channel"),
        ("| 17:30", "| 17:75", "at"),
        ("=> refund ", "=> refnd ", "outcome"),
        ("first_reply", "furst_reply", "promise"),
    ],
)
def test_a_row_that_names_what_is_not_there_is_told(old: str, new: str, column: str, tmp_path: Path) -> None:
    assert old in PLAN
    (found,) = told(tmp_path, PLAN.replace(old, new).replace("GETS", "5 EUR"), "K16")
    assert found.args["column"] == column


def test_what_is_there_is_not_told(tmp_path: Path) -> None:
    assert told(tmp_path, PLAN.replace("GETS", "5 EUR"), "K16") == []
    others = PLAN.replace("GETS | agent", "5 EUR | plan").replace("first_reply", "visit")
    assert told(tmp_path, others.replace("=> refund ", "=> refund_half "), "K16") == [], "another outcome, not misspelt"


LADDER = """\
terms: {price: {money: 0..}, opened: {yes_no: any}}
policies:
  help:
    commitment: We help.
    decides: |
      when             => outcome
      price <= 100 EUR =>  refund
      price <= 50 EUR  =>  voucher
      otherwise        =>  decline
"""


def test_an_outcome_to_which_only_idle_rows_lead_is_told_where_it_is_described(tmp_path: Path) -> None:
    assert told(tmp_path, LADDER, "K18") == [], "the row says it"
    described = LADDER + "    outcomes: {voucher: {label: a voucher}, refund: {label: money}}\n"
    (found,) = told(tmp_path, described, "K18")
    assert found.args["outcomes"] == "voucher"
    assert told(tmp_path, described.replace("<= 50", "<= 150"), "K18") == []


def test_an_outcome_for_which_a_procedure_has_a_branch_is_told_too(tmp_path: Path) -> None:
    branch = "procedures: {p: {steps: {d: {decide: help, branches: {voucher: e, otherwise: e}}, e: {do: E}}}}\n"
    assert [each.args["outcomes"] for each in told(tmp_path, LADDER + branch, "K18")] == ["voucher"]


def test_an_outcome_that_a_requirement_leads_to_is_reached(tmp_path: Path) -> None:
    must = "    must: |\n      must => else\n      opened => voucher\n    outcomes: {voucher: {label: a voucher}}\n"
    assert told(tmp_path, LADDER + must, "K18") == []


def test_a_row_whose_words_differ_is_not_redundant(tmp_path: Path) -> None:
    text = LADDER.replace("price <= 50 EUR  =>  voucher", "price > 500 EUR  =>  decline")
    (found,) = told(tmp_path, text, "K17")
    assert (found.args["row"], found.args["takers"]) == (2, "3")
    spoken = text.replace("=> outcome", "=> outcome | say").replace("refund\n", "refund | -\n")
    spoken = spoken.replace("500 EUR  =>  decline", "500 EUR => decline | 'Too dear'")
    assert told(tmp_path, spoken.replace("otherwise        =>  decline", "otherwise => decline | -"), "K17") == []


def test_a_procedure_that_waits_for_what_nobody_sends_is_told_with_the_nearest_event(tmp_path: Path) -> None:
    text = "procedures: {p: {steps: {a: {do: A, wait_for: EVENT}, b: {do: B}}}}\n"
    (found,) = told(tmp_path, text.replace("EVENT", "resolvd"), "P22")
    assert str(found.args["allowed"]).startswith("resolved, ")
    for fine in ("resolved", "2 days", "the parcel is back"):
        assert told(tmp_path, text.replace("EVENT", fine), "P22") == []
