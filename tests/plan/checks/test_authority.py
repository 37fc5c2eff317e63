"""Amounts that nobody may grant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tantam.plan.errors import Severity
from tests.plan.checks.plans import findings

PLAN = """\
terms:
  price: {{money: 0..}}
  fault: {{one_of: [ours, other]}}
outputs: {{gets: {{money: 0..}}, at_most: {{money: 0..}}, settles: {{money: any, plus: you pay, minus: you get back}}}}
levels:
  agent: {{authority: {{refund: 50 EUR}}, escalates_to: boss}}
  boss: {{authority: {{refund: 1000 EUR}}}}
policies:
  refund:
    kind: {kind}
    commitment: We refund.
    {granted}
    decides: |
      price        | fault => outcome | {output}
      <= 2000 EUR  | ours  => pay     | {amount}
      <= 2000 EUR  | other => no      | -
      > 2000 EUR   | -     => no      | -
    outcomes: {{pay: {{{by}}}, no: {{}}}}
"""

JUDGED = {"output": "at_most", "granted": "granted_by: plan"}


def told(folder: Path, **parts: str) -> list[tuple[str, str]]:
    written = {"kind": "refund", "granted": "granted_by: boss", "output": "gets", "amount": "10 EUR", "by": ""} | parts
    found = findings(folder, PLAN.format(**written))
    return [(each.code, str(each.args["most"])) for each in found if each.code.startswith("K6")]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"amount": "1000 EUR"}, []),
        ({"amount": "1000.01 EUR"}, [("K60", "1000.00 EUR")]),
        ({"amount": "price"}, [("K60", "1000.00 EUR")]),
        ({"amount": "price * 50 %"}, []),
        ({"amount": "price * 51 %"}, [("K60", "1000.00 EUR")]),
        ({"amount": "min(price, 900 EUR)"}, []),
        ({"amount": "-price", "output": "settles"}, [("K60", "1000.00 EUR")]),
        ({"amount": "price", "output": "settles"}, []),
        ({"amount": "5000 EUR", "granted": "granted_by: plan"}, []),
        ({"amount": "5000 EUR", "granted": ""}, [("K60", "1000.00 EUR")]),
        ({"amount": "60 EUR", "granted": "granted_by: agent"}, [("K61", "50.00 EUR")]),
        ({"amount": "50 EUR", "granted": "granted_by: agent"}, []),
        ({"amount": "10 EUR", "kind": "warranty_case"}, []),
        (JUDGED | {"amount": "5000 EUR", "by": "by: boss"}, [("K60", "1000.00 EUR")]),
        (JUDGED | {"amount": "500 EUR", "by": "by: agent"}, [("K61", "50.00 EUR")]),
    ],
)  # fmt: skip
def test_the_largest_amount_is_held_against_who_may_grant_it(
    parts: dict[str, str], expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    assert told(tmp_path, **parts) == expected


def test_a_kind_for_which_nobody_has_authority(tmp_path: Path) -> None:
    plan = PLAN.format(kind="exchange", granted="granted_by: boss", output="gets", amount="10 EUR", by="")
    found = [each for each in findings(tmp_path, plan.replace("  refund:\n", "  swap:\n")) if each.code[:2] == "K6"]
    assert [each.code for each in found] == ["K62"]


def test_an_amount_without_a_bound_is_left_to_the_desk(tmp_path: Path) -> None:
    plan = PLAN.format(kind="refund", granted="granted_by: boss", output="gets", amount="price", by="")
    found = findings(tmp_path, plan.replace("<= 2000 EUR", ">= 0 EUR   ").replace("> 2000 EUR ", "< 0 EUR    "))
    assert [each.code for each in found if each.code.startswith("K6")] == []


def test_the_case_that_shows_it_is_told(tmp_path: Path) -> None:
    plan = PLAN.format(kind="refund", granted="granted_by: boss", output="gets", amount="price", by="")
    (found,) = (each for each in findings(tmp_path, plan) if each.code == "K60")
    assert found.counterexample["fault"] == "ours"
    assert found.place.line == 18


def test_whoever_grants_unsaid_is_a_warning_and_needs_a_kind_that_levels_know(tmp_path: Path) -> None:
    plan = PLAN.format(kind="refund", granted="", output="gets", amount="5000 EUR", by="")
    (found,) = (each for each in findings(tmp_path, plan) if each.code == "K60")
    assert found.severity is Severity.WARNING
    other = plan.replace("  refund:\n", "  swap:\n").replace("kind: refund", "kind: exchange")
    assert [each.code for each in findings(tmp_path, other) if each.code.startswith("K6")] == []
