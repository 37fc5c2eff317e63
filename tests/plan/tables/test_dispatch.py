"""Where all facts are known the fast way finds the rows by itself: nothing is left to the slow one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.plan.tables.dispatch import MISSING, Fast, dispatch
from tantam.plan.tables.form import Table
from tantam.plan.tables.masks import columns_of
from tantam.plan.tables.scope import Given
from tantam.plan.tables.types import Number
from tantam.plan.tables.values import Amount, Family, Span
from tests.plan.tables import naive
from tests.plan.tables.tables import FACTS, HERE, MORE_FACTS, table_of, tables, try_scope, type_of
from tests.support.proving import examples

KNOWN = st.fixed_dictionaries(FACTS | MORE_FACTS)


def fast_of(table: Table) -> Fast | None:
    """Return the fast ways; `first` gives the position of the row, and refuses where it would go the slow way."""
    rows = {1 << number: f"row {number}" for number, row in enumerate(table.rows) if not row.otherwise}
    return dispatch(columns_of(table), sum(rows), {0: "none", **rows}, _slowly)


def _slowly(facts: Mapping[str, Any]) -> Any:
    raise AssertionError(f"{facts} went the slow way")


def agree(table: Table, facts: Mapping[str, Any]) -> None:
    """Hold all three fast ways against the plain evaluator."""
    fast = fast_of(table)
    assert fast is not None
    held = [number for number, row in enumerate(table.rows) if not row.otherwise and naive.holds(row, facts)]
    assert fast.rows(facts) == sum(1 << number for number in held)
    assert fast.first(facts) == (f"row {held[0]}" if held else "none")
    mask, admitted = fast.told(facts)
    assert (mask, len(admitted)) == (fast.rows(facts), len(fast.terms))
    everything = sum(1 << number for number, row in enumerate(table.rows) if not row.otherwise)
    for each in admitted:
        everything &= each
    assert everything == mask


@settings(max_examples=examples(100), deadline=None)
@given(tables(), KNOWN)
def test_random_tables_of_known_facts_go_the_fast_way(table: Table, facts: dict[str, Any]) -> None:
    if fast_of(table) is not None:
        agree(table, facts)


SCOPE, _ = try_scope(
    Given("pieces", Number(whole=True), HERE),
    *(Given(f"one{place}", type_of("one_of", list("abcde")), HERE) for place in range(6)),
    *(Given(f"maybe{place}", type_of("yes_no", "any"), HERE) for place in range(3)),
)
DAY = date(2024, 1, 31)


@pytest.mark.parametrize(
    ("term", "cells", "values"),
    [
        ("pieces", ["< 3", "3", "> 4000", "5..9", "!= 7"], [0, 2, 3, 4, 5, 7, 9, 10, 3999, 4000, 4001]),
        ("tries", ["< 2.5", "2.5", "3..9000"], [0, 2, Fraction(5, 2), 3, 8999, 9000, Fraction(18001, 2)]),
        ("tries", ["< 2.5", "2.5", "3..9"], [0, 2, Fraction(5, 2), 3, 8, 9, 10, Fraction(19, 2)]),
        ("paid", ["< 3 EUR", "3 EUR", "> 4 EUR"], [Amount(minor, "EUR") for minor in (0, 299, 300, 301, 400, 401)]),
        (
            "owned",
            ["< 31 days", "31 days", "> 4000 days"],
            [Span.age(DAY, date.fromordinal(DAY.toordinal() + days)) for days in (0, 29, 30, 31, 59, 60, 61, 4001)]
            + [Span(Family.CALENDAR, days) for days in (30, 31, 32, 4000, 4001)]
            + [Span(Family.CALENDAR, 0, 1), Span(Family.CALENDAR, 1, 2)],
        ),
        ("waited", ["< 5 min", "5 min", "> 2 h"], [Span(Family.EXACT, s) for s in (0, 299, 300, 301, 7200, 7201)]),
        ("bought", ["< 2024-01-31", "2024-01-31", "> 2024-02-02"], [date(2024, 1, 30), DAY, date(2024, 2, 3)]),
        ("opens", ["< 08:30", "08:30", "> 09:00"], [time(8, 29), time(8, 30), time(9), time(9, 0, 1)]),
        ("city", ["'Huế'", "!= 'Köln'"], ["Huế", "Köln", "Hà Nội"]),
        (
            "signs",
            ["smoke", "has heat", "not noise"],
            [frozenset(), frozenset({"smoke", "heat"}), frozenset({"noise"})],
        ),
        ("new", ["yes", "no", "-"], [True, False]),
        ("fault", ["ours, none", "!= ours", "-"], ["ours", "customer", "none"]),
    ],
)
def test_a_column_of_each_type_finds_its_rows(term: str, cells: list[str], values: list[Any]) -> None:
    lines = [f"{cell} => o{number}" for number, cell in enumerate(cells)]
    table = table_of("\n".join([f"{term} => outcome", *lines]), SCOPE)
    for value in values:
        agree(table, {term: value})
    fast = fast_of(table)
    assert fast is not None and fast.terms == (term,)
    assert fast.rows({}) == fast.rows({term: None}) == MISSING
    assert fast.told({}) == (MISSING, ())


def test_many_columns_of_few_values_are_looked_up_in_groups() -> None:
    names = [*(f"one{place}" for place in range(6)), *(f"maybe{place}" for place in range(3))]
    cells = [
        ["a", "-"],
        ["b", "!= c"],
        ["-", "a, e"],
        ["d", "d"],
        ["-", "c"],
        ["b", "-"],
        ["yes", "-"],
        ["-", "no"],
        ["no", "no"],
    ]
    lines = [" | ".join(each) + f" | o{number}" for number, each in enumerate(zip(*cells, strict=True))]
    table = table_of("\n".join([" | ".join(names) + " => outcome", *lines]), SCOPE)
    hits = ("a", "b", "a", "d", "c", "b", True, False, False)
    agree(table, dict(zip(names, hits, strict=True)))
    for place, value in enumerate(hits):
        other: Any = (not value) if isinstance(value, bool) else "e"
        agree(table, dict(zip(names, [*hits[:place], other, *hits[place + 1 :]], strict=True)))


def test_what_the_fast_way_cannot_tell_goes_the_slow_one() -> None:
    table = table_of("new | tries => outcome\nyes | 3 => a\nno | 4 => b")
    known = {"new": True, "tries": 3}
    fast = dispatch(columns_of(table), 3, {0: None, 1: None, 2: "b"}, lambda facts: ("slowly", dict(facts)))
    assert fast is not None and fast.terms == ("new", "tries")
    assert fast.first({"new": False, "tries": 4}) == "b"
    for facts in (known, {"new": True, "tries": 5}, {"new": True}, {"new": None, "tries": 3}, {"new": "?", "tries": 3}):
        assert fast.first(facts) == ("slowly", facts)


def test_a_column_that_is_no_single_term_has_no_fast_way() -> None:
    for text in (
        "tries + 1 => outcome\n3 => a",
        "when => outcome\nnew and broken => a",
        "paid => outcome\n< shipping => a",
    ):
        assert fast_of(table_of(text)) is None


def test_a_table_without_columns_admits_every_row() -> None:
    table = table_of("new => outcome\n- => a\n- => b")
    fast = dispatch([], 3, {0: None, 1: "a", 2: "b"}, _slowly)
    assert fast is not None
    assert (fast.rows({}), fast.first({}), fast.told({})) == (3, "a", (3, ()))
    agree(table, {"new": True})
