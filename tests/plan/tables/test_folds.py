"""What a list comes to: of no elements, of one unknown among others, and over the elements as they come."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tantam.plan.tables.columns import code
from tantam.plan.tables.operations import fold_of
from tantam.plan.tables.types import Duration, Money, Number, Type
from tantam.plan.tables.values import Amount, Family, Span

ZEROS: list[tuple[Type, Any]] = [
    (Number(), 0),
    (Money("EUR"), Amount(0, "EUR")),
    (Money("VND"), Amount(0, "VND")),
    (Duration(Family.CALENDAR), Span(Family.CALENDAR, 0)),
    (Duration(Family.WORKING), Span(Family.WORKING, 0)),
    (Duration(Family.EXACT), Span(Family.EXACT, 0)),
    (Duration(None), Span(Family.EXACT, 0)),
]
FOLDS = ("some", "every", "count", "distinct", "smallest", "largest", "sum")


@pytest.mark.parametrize(("kind", "zero"), ZEROS, ids=str)
def test_the_sum_of_nothing_is_nothing_of_its_kind(kind: Type, zero: Any) -> None:
    found = fold_of("sum", kind)([])
    assert (found, repr(found)) == (zero, repr(zero))
    assert fold_of("sum", kind)([zero, zero]) == zero


def test_a_sum_adds_what_is_there_and_is_written_plainly() -> None:
    assert fold_of("sum", Number())([Fraction(1, 2), 1, Fraction(3, 2)]) == 3
    assert isinstance(fold_of("sum", Number())([Fraction(1, 2), Fraction(1, 2)]), int)
    assert fold_of("sum", Money("EUR"))([Amount(5, "EUR"), Amount(-2, "EUR")]) == Amount(3, "EUR")
    days = [Span(Family.CALENDAR, 2), Span(Family.CALENDAR, 5)]
    assert fold_of("sum", Duration(Family.CALENDAR))(days) == Span(Family.CALENDAR, 7)


NOTHING = dict(zip(FOLDS, (False, True, 0, 0, None, None, 0), strict=True))


@pytest.mark.parametrize(("name", "nothing"), list(NOTHING.items()))
def test_of_no_elements_every_holds_some_does_not_and_there_is_no_smallest(name: str, nothing: Any) -> None:
    found = fold_of(name, Number())([])
    assert (found, type(found)) == (nothing, type(nothing))


@pytest.mark.parametrize("name", FOLDS)
def test_one_unknown_makes_all_unknown_unless_another_decides(name: str) -> None:
    values = [True, None, False] if name in ("some", "every", "count") else [3, None, 1]
    decided = {"some": True, "every": False}
    assert fold_of(name, Number())(values) is decided.get(name)
    assert fold_of(name, Number())([None]) is None


def test_what_counts_is_counted_once_or_as_often_as_it_comes() -> None:
    assert fold_of("count", Number())([True, False, True]) == 2
    assert fold_of("distinct", Number())(["a", "b", "a"]) == 2
    assert fold_of("smallest", Number())([2, 1, 3]) == 1
    assert fold_of("largest", Number())([2, 1, 3]) == 3


def test_a_column_of_words_holds_each_word_once_in_the_order_of_their_coming() -> None:
    coded = code(["b", None, "a", "b"])
    assert coded.distinct == ("b", "a")
    assert coded.known.tolist() == [True, False, True, True]
    assert coded.numbers[coded.known].tolist() == [0, 1, 0]
    assert (code([None, None]).distinct, code([None]).known.tolist()) == ((None,), [False])
