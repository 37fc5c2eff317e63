"""A range with its brackets, open to one side or closed, in a cell and in an expression: what lies in it."""

from __future__ import annotations

import pytest

from tantam.plan.tables.evaluate import compile_table
from tantam.plan.tables.form import Wanted
from tests.plan.tables.tables import scope_of, table_of, try_table

SCOPE = scope_of()
RANGES = [
    ("2..4", [2, 3, 4]),
    ("[2..4]", [2, 3, 4]),
    ("(2..4]", [3, 4]),
    ("[2..4)", [2, 3]),
    ("(2..4)", [3]),
    ("3..", [3, 4, 5, 6]),
    ("[3..]", [3, 4, 5, 6]),
    ("(3..]", [4, 5, 6]),
    ("(3..)", [4, 5, 6]),
    ("..2", [0, 1, 2]),
    ("[..2]", [0, 1, 2]),
    ("[..2)", [0, 1]),
    ("(..2)", [0, 1]),
    ("3..3", [3]),
]
MORE = [
    ("2.., 0", [0, 2, 3, 4, 5, 6]),
    ("..1, 5..", [0, 1, 5, 6]),
    ("not 2..4", [0, 1, 5, 6]),
    ("not (2..4)", [0, 1, 2, 4, 5, 6]),
    ("not (2..4), 3", [0, 1, 2, 4, 5, 6]),
    ("not (2, 3)", [0, 1, 4, 5, 6]),
    ("not (2..4, 6)", [0, 1, 5]),
    ("not (< 2, > 4)", [2, 3, 4]),
    ("not (2), 3", [0, 1, 4, 5, 6]),
    ("not 2, 3", [0, 1, 4, 5, 6]),
    ("(2..4), (4..6]", [3, 5, 6]),
    ("1 + 1..2 * 2", [2, 3, 4]),
]


def holds(cell: str, column: str = "tries") -> list[int]:
    table = compile_table(table_of(f"{column} => outcome\n{cell} | in", SCOPE), SCOPE)
    return [tries for tries in range(7) if table({"tries": tries}).rows]


@pytest.mark.parametrize(("written", "inside"), RANGES)
def test_a_cell_holds_what_lies_in_its_range(written: str, inside: list[int]) -> None:
    assert holds(written) == inside


@pytest.mark.parametrize(("written", "inside"), MORE)
def test_a_cell_holds_what_lies_in_one_of_its_ranges_or_in_none(written: str, inside: list[int]) -> None:
    assert holds(written) == inside


@pytest.mark.parametrize(("written", "inside"), RANGES)
def test_in_and_not_in_a_range_are_each_others_rest(written: str, inside: list[int]) -> None:
    assert holds(f"tries in {written}", "when") == inside
    assert holds(f"tries not in {written}", "when") == [each for each in range(7) if each not in inside]
    assert holds(f"(tries in {written}) and tries >= 3", "when") == [each for each in inside if each >= 3]
    assert holds(f"tries in {written} or tries = 0", "when") == sorted({0, *inside})


@pytest.mark.parametrize("written", ["..", "[..]", "(..)", "(2..4", "[2..", "tries in ..", "2..4)"])
def test_a_range_without_an_end_or_with_half_a_bracket_is_refused(written: str) -> None:
    assert try_table(f"tries => outcome\n{written} | x", SCOPE)[0] is None


def test_the_address_of_a_row_is_that_of_its_table_and_its_name() -> None:
    wanted = Wanted("policies.exchange.decides", {})
    assert wanted.clause() == "policies.exchange.decides"
    assert wanted.clause("gold") == "policies.exchange.decides#gold"
