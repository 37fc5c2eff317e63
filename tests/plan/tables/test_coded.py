"""A column of values as numbers: ordered ones are their order, words are numbered, records stand each for itself."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from tantam.plan.tables.columns import LARGEST_KEY, code, decide_columns
from tantam.plan.tables.values import Amount, Family, Span
from tests.plan.tables.tables import scope_of, table_of

SCOPE = scope_of()


def decoded(values: list[Any]) -> list[Any]:
    coded = code(values)
    assert coded.distinct is not None and len(coded) == len(values)
    return [coded.distinct[number] if known else None for number, known in zip(coded.numbers, coded.known, strict=True)]


@pytest.mark.parametrize(
    ("values", "keys"),
    [
        ([3, None, -1], [3, 0, -1]),
        ([Amount(250, "EUR"), Amount(-1, "EUR")], [250, -1]),
        ([date(2024, 1, 2), None], [date(2024, 1, 2).toordinal(), 0]),
        ([LARGEST_KEY - 1, 1 - LARGEST_KEY], [LARGEST_KEY - 1, 1 - LARGEST_KEY]),
    ],
)
def test_what_is_ordered_in_whole_numbers_is_its_order(values: list[Any], keys: list[int]) -> None:
    coded = code(values)
    assert (coded.numbers.tolist(), coded.distinct) == (keys, None)
    assert coded.known.tolist() == [value is not None for value in values]


@pytest.mark.parametrize(
    "values",
    [
        [{"a": 1}, None, {"a": 1}],
        [({"a": 1},), ()],
        [Fraction(1, 2), None, 3],
        [LARGEST_KEY, 0],
        [-LARGEST_KEY, 0],
        [Span(Family.CALENDAR, 2), None, Span(Family.CALENDAR, 0, 1)],
        ["a", None, "b", "a"],
        [True, None, False],
        [frozenset({"a"}), frozenset()],
        [None, None],
    ],
    ids=str,
)
def test_all_else_is_found_again_by_its_number(values: list[Any]) -> None:
    assert decoded(values) == values
    assert code(values).known.tolist() == [value is not None for value in values]


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int16, np.int64, np.uint32])
def test_numbers_of_numpy_are_taken_as_they_are(kind: type[np.generic]) -> None:
    numbers = np.array([1, 0, 2], kind)
    coded = code(numbers)
    assert coded.numbers is numbers
    assert (coded.distinct, coded.known.tolist()) == (None, [True, True, True])


def test_other_columns_of_numpy_are_read_value_by_value() -> None:
    coded = code(np.array(["b", None, "a"], object))
    assert (coded.distinct, coded.known.tolist(), coded.numbers[0]) == (("b", "a"), [True, False, True], 0)
    assert code(np.array([0.5, 2.0])).known.tolist() == [True, True]


TABLE = table_of("tries => outcome\n> 4 | much\n> 2 | some\notherwise | few", SCOPE)


def test_of_each_case_the_row_its_overlaps_and_what_is_undecided_are_told() -> None:
    decided = decide_columns(TABLE, SCOPE, {"tries": [5, 3, 1, None]})
    assert decided.rows.tolist() == [0, 1, 2, -1]
    assert decided.overlaps.tolist() == [1, 0, 0, 0]
    assert decided.undecided.tolist() == [False, False, False, True]
    assert [decided.holding(row).tolist()[:3] for row in (0, 1)] == [[True, False, False], [True, True, False]]


@pytest.mark.parametrize("facts", [{"tries": [1], "new": [True, False]}, {}])
def test_columns_of_different_lengths_and_none_at_all_are_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="all must be of one length"):
        decide_columns(TABLE, SCOPE, facts)


def test_a_column_without_cases_has_no_answers() -> None:
    decided = decide_columns(TABLE, SCOPE, {"tries": np.array([], np.int64)})
    assert (decided.rows.tolist(), decided.overlaps.tolist(), decided.undecided.tolist()) == ([], [], [])


@pytest.mark.parametrize("count", [31, 32, 33, 63, 64, 65, 128, 129])
def test_tables_of_any_number_of_rows_find_each_of_them(count: int) -> None:
    rows = "\n".join(f"{number} | o{number}" for number in range(count))
    table = table_of(f"tries => outcome\n{rows}", SCOPE)
    decided = decide_columns(table, SCOPE, {"tries": list(range(count + 1))})
    assert decided.rows.tolist() == [*range(count), -1]
    assert not decided.overlaps.any() and not decided.undecided.any()
    assert [int(decided.holding(row).sum()) for row in range(count)] == [1] * count
