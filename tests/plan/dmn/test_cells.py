"""What a cell of a DMN table admits: constants by bit sets, computed tests one by one, and both alike."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plan.dmn.models import ask, decision, input_data, model, table

DATES = ('date("2026-02-28")', 'date("2026-03-01")')


def admits(cell: str, value: Any, **others: Any) -> bool:
    """Whether a table's only rule holds; also beside rules with constants of the same column."""
    names = ["v", *others]
    parts = [input_data(each) for each in names]
    rules = [f"{cell} | true", 'not("never") | false', "-1000 | false", "- | false"]
    content = model(*parts, decision("d", table(["v"], ["hit"], rules, "FIRST"), *names))
    return ask(content, "d", v=value, **others).value is True


@pytest.mark.parametrize(
    ("cell", "inside", "outside"),
    [
        ("5", [5, 5.0], [4, None, "5"]),
        ("< 5", [4.99], [5, 6, None, "4"]),
        ("<= 5", [5], [5.01]),
        ("> 5", [5.01], [5]),
        (">= 5", [5], [4.99]),
        ("= 5", [5], [4]),
        ("!= 5", [4, None], [5, "a"]),
        ("[1..5]", [1, 5], [0.9, 5.1]),
        ("(1..5)", [1.1, 4.9], [1, 5]),
        ("]1..5[", [1.1, 4.9], [1, 5]),
        ("[1..5)", [1], [5]),
        ("(1..5]", [5], [1]),
        ("[5..1]", [], [1, 3, 5]),
        ("1, 3, [7..9]", [1, 3, 8], [2, 6]),
        ("< 5, < 10", [4, 7], [10]),
        ("< 3, > 7", [2, 8], [3, 7]),
        ("not(1, 3)", [2, None], [1, 3]),
        ("not(> 5)", [5], [6, None]),
        ("-", [1, None, "x", [1]], []),
        ("null", [None], [0, ""]),
        ("not(null)", [0], [None]),
        ('"a"', ["a"], ["A", None, 1]),
        ('"a", "b"', ["a", "b"], ["c"]),
        ('not("a")', ["b", None], ["a", 5]),
        ('> "b"', ["c"], ["a", 5]),
        ("true", [True], [False, None]),
        ("false", [False], [True, None]),
        ("not(true)", [False, None], [True]),
        ('"a", 5', ["a", 5], ["b", 6]),
        ("-5", [-5], [5]),
        ("[-2..-1]", [-1.5], [0]),
        ("[1, 2]", [1, 2, [1, 2]], [3, [2, 1]]),
        ('contains(?, "bc")', ["abcd"], ["acbd", None]),
        ('not(contains(?, "bc"))', ["acbd"], ["abcd"]),
        ("? > 2 and ? < 4", [3], [2, 4]),
        ("count(?) > 1", [[1, 2]], [[1]]),
    ],
)
def test_a_cell_admits_what_it_says(cell: str, inside: list[Any], outside: list[Any]) -> None:
    assert [each for each in inside if not admits(cell, each)] == []
    assert [each for each in outside if admits(cell, each)] == []


def test_ends_of_an_interval_may_be_computed() -> None:
    assert admits("[low .. low + 5)", 14, low=10)
    assert not admits("[low .. low + 5)", 15, low=10)
    assert admits("> low * 2", 21, low=10)
    assert not admits("> low * 2", 20, low=10)


def test_a_cell_may_compare_with_another_input() -> None:
    assert admits("low", 10, low=10)
    assert admits("low, 3", 3, low=10)
    assert admits("low", 2, low=[1, 2])
    assert not admits("low", 2, low=[1, 3])


def test_a_null_end_admits_nothing() -> None:
    assert not admits("[low..20]", 14, low=None)
    assert not admits("< low", 14, low=None)


@pytest.mark.parametrize(
    ("kind", "cell", "inside", "outside"),
    [
        ("date", '[date("2026-01-01")..date("2026-02-28")]', "2026-02-28", "2026-03-01"),
        ("date", '< date("2026-01-01")', "2025-12-31", "2026-01-01"),
        ("date", '@"2026-01-01"', "2026-01-01", "2026-01-02"),
        ("date", '> date("2026-01-31") + duration("P1M")', "2026-03-01", "2026-02-28"),
        ("time", '[time("22:00:00")..time("23:59:59")]', "22:30:00", "21:59:59"),
        ("dateTime", '>= date and time("2026-01-01T08:00:00Z")', "2026-01-01T09:00:00+01:00", "2026-01-01T07:59:59Z"),
        ("dayTimeDuration", '<= duration("P2D")', "PT48H", "PT48H1S"),
        ("yearMonthDuration", '(duration("P1Y")..duration("P2Y")]', "P24M", "P12M"),
        ("days and time duration", '@"PT1H"', "PT60M", "PT61M"),
    ],
)
def test_dates_times_and_durations_have_their_ranges(kind: str, cell: str, inside: str, outside: str) -> None:
    content = model(input_data("v", kind), decision("d", table(["v"], ["x"], [f"{cell} | true"]), "v"))
    assert ask(content, "d", v=inside).value is True
    assert ask(content, "d", v=outside).value is None
    assert ask(content, "d", v=None).value is None


def test_all_inputs_of_a_rule_must_hold() -> None:
    rules = ['< 10 | "a" | 1', '< 10 | "b" | 2', ">= 10 | - | 3"]
    content = model(input_data("n"), input_data("s"), decision("d", table(["n", "s"], ["x"], rules), "n", "s"))
    assert [ask(content, "d", n=n, s=s).value for n, s in ((5, "a"), (5, "b"), (5, "c"), (10, "c"))] == [1, 2, None, 3]


def test_an_input_may_be_computed() -> None:
    rules = ["> 100 | true", "<= 100 | false"]
    content = model(input_data("n"), decision("d", table(["n * 2 + 1"], ["x"], rules), "n"))
    assert ask(content, "d", n=50).value is True
    assert ask(content, "d", n=49).value is False
