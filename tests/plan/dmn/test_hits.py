"""Every hit policy of a DMN table, its defaults and its priorities."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.plan.dmn.models import ask, decision, input_data, model, table

RULES = ['>= 10 | "low" | 10', '>= 20 | "high" | 20', '>= 20 | "mid" | 30', '< 0 | "none" | 0']


def answer(hit: str, value: Any, outputs: list[str], rules: list[str] | None = None) -> Any:
    rows = [" | ".join(each.split(" | ")[: len(outputs) + 1]) for each in rules or RULES]
    content = model(input_data("n", "number"), decision("d", table(["n"], outputs, rows, hit), "n"))
    return ask(content, "d", n=value)


def outcome(hit: str, value: Any, *outputs: str, rules: list[str] | None = None) -> Any:
    return answer(hit, value, list(outputs), rules).value


def test_unique_answers_with_its_only_rule() -> None:
    assert outcome("UNIQUE", 15, "band") == "low"


def test_unique_is_null_where_rules_overlap_and_says_so() -> None:
    decided = answer("UNIQUE", 25, ["band"])
    assert decided.value is None
    assert decided.notes == (("several", "d"),)
    assert decided.fired[0].rules == (1, 2, 3)


def test_any_answers_where_all_agree_and_is_null_where_not() -> None:
    assert outcome("ANY", 25, "band") is None
    assert outcome("ANY", 25, "band", rules=['> 1 | "a"', '> 2 | "a"', '< 0 | "b"']) == "a"
    assert outcome("ANY", 25, "a", "b", rules=['> 1 | "a" | 1', '> 2 | "a" | 1.0']) == {"a": "a", "b": Decimal(1)}


def test_first_answers_with_the_topmost_rule() -> None:
    decided = answer("FIRST", 25, ["band"])
    assert decided.value == "low"
    assert decided.fired[0].rules == (1,)


def test_priority_goes_by_the_allowed_values_not_by_the_rules() -> None:
    decided = answer("PRIORITY", 25, ['band: "high", "mid", "low"'])
    assert decided.value == "high"
    assert decided.fired[0].rules == (2,)
    assert outcome("PRIORITY", 25, 'band: "mid", "high", "low"') == "mid"


def test_priority_of_several_outputs_goes_by_the_first_then_the_second() -> None:
    rules = ['- | "a" | 1', '- | "b" | 1', '- | "b" | 2']
    found = outcome("PRIORITY", 1, 'x: "b", "a"', "y: 2, 1", rules=rules)
    assert found == {"x": "b", "y": Decimal(2)}


def test_output_order_lists_by_priority() -> None:
    assert outcome("OUTPUT ORDER", 25, 'band: "high", "mid", "low"') == ["high", "mid", "low"]
    assert outcome("OUTPUT ORDER", 25, 'band: "low", "mid", "high"') == ["low", "mid", "high"]


def test_output_order_of_equal_ranks_keeps_the_order_of_rules() -> None:
    rules = ['- | "a" | 1', '- | "b" | 2', '- | "a" | 3']
    found = outcome("OUTPUT ORDER", 1, 'x: "b", "a"', "y", rules=rules)
    assert [each["y"] for each in found] == [2, 1, 3]


def test_rule_order_lists_by_rule() -> None:
    assert outcome("RULE ORDER", 25, "band") == ["low", "high", "mid"]


def test_collect_lists_every_result_also_of_several_outputs() -> None:
    assert outcome("COLLECT", 25, "band") == ["low", "high", "mid"]
    assert outcome("COLLECT", 15, "band", "points") == [{"band": "low", "points": Decimal(10)}]


@pytest.mark.parametrize(("operator", "wanted"), [("SUM", 60), ("MIN", 10), ("MAX", 30), ("COUNT", 3)])
def test_collect_puts_results_together(operator: str, wanted: int) -> None:
    rules = [" | ".join((each.split(" | ")[0], each.split(" | ")[2])) for each in RULES]
    assert outcome(f"COLLECT+{operator}", 25, "points", rules=rules) == wanted


def test_collect_counts_equal_results_each() -> None:
    assert outcome("COLLECT+COUNT", 1, "x", rules=["- | 5", "- | 5"]) == 2


def test_collect_sum_of_what_is_no_number_is_null() -> None:
    assert outcome("COLLECT+SUM", 1, "x", rules=["- | 5", '- | "a"']) is None


@pytest.mark.parametrize("hit", ["UNIQUE", "ANY", "PRIORITY", "FIRST", "RULE ORDER", "OUTPUT ORDER", "COLLECT"])
def test_without_a_rule_the_default_answers_else_null(hit: str) -> None:
    assert outcome(hit, 5, 'band: "low", "high", "mid", "none" = "none"') == "none"
    assert outcome(hit, 5, "band") is None


def test_defaults_of_several_outputs_make_a_context() -> None:
    assert outcome("FIRST", 5, 'band: = "none"', "points") == {"band": "none", "points": None}
    assert outcome("FIRST", 5, "band", "points") is None


def test_the_policy_left_out_is_unique() -> None:
    content = model(
        input_data("n"), decision("d", table(["n"], ["x"], ["1 | 1", "1 | 2"]).replace(' hitPolicy="UNIQUE"', ""), "n")
    )
    assert ask(content, "d", n=1).value is None
