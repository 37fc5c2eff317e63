"""Facts are read by their type, exactly, or refused with what is allowed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tantam.plan.errors import BadFact, TantamError, UnknownName
from tantam.plan.tables.expressions import parse_result
from tantam.plan.tables.literals import DAY_UNITS, EXACT_UNITS, MONTH_UNITS, quantity_of
from tantam.plan.tables.nodes import Literal
from tantam.plan.tables.plain import plain, read_fact, read_facts
from tantam.plan.tables.types import Duration, ListOf, Money, Number, OneOf, Type, YesNo
from tantam.plan.tables.values import Amount, Every, Family, Range, Span
from tests.plan.tables.tables import HERE, TERMS, records, scope_of

SCOPE = scope_of()


@pytest.mark.parametrize(
    ("term", "raw", "value"),
    [
        ("fault", "ours", "ours"),
        ("signs", ["smoke", "heat"], frozenset({"smoke", "heat"})),
        ("signs", [], frozenset()),
        ("signs", "smoke", frozenset({"smoke"})),
        ("owned", "12 days", Span(Family.CALENDAR, 12)),
        ("owned", "2 months", Span(Family.CALENDAR, 0, 2)),
        ("owned", 0, Span(Family.CALENDAR)),
        ("owned", "at once", Span(Family.CALENDAR)),
        ("waited", "1 h 30 min", Span(Family.EXACT, 5400)),
        ("paid", 200, Amount(20_000, "EUR")),
        ("paid", 199.99, Amount(19_999, "EUR")),
        ("paid", "500_000", Amount(50_000_000, "EUR")),
        ("paid", "9.90 EUR", Amount(990, "EUR")),
        ("paid", Decimal("4.90"), Amount(490, "EUR")),
        ("tries", "3", 3),
        ("tries", 4.9, Fraction(49, 10)),
        ("share", "25%", Fraction(1, 4)),
        ("new", "yes", True),
        ("new", False, False),
        ("bought", "2024-02-29", date(2024, 2, 29)),
        ("bought", date(2024, 2, 29), date(2024, 2, 29)),
        ("opens", "8:30", time(8, 30)),
        ("told", "2024-01-01T10:00:00+00:00", datetime(2024, 1, 1, 10, tzinfo=UTC)),
        ("city", "Huế", "Huế"),
        ("city", 5, "5"),
        ("items", [{"price": 20, "in_stock": "no"}], ({"price": Amount(2000, "EUR"), "in_stock": False},)),
        ("items", [], ()),
        ("paid", None, None),
    ],
)
def test_fact_is_read_by_its_type(term: str, raw: Any, value: Any) -> None:
    assert read_facts({term: raw}, SCOPE) == {term: value}


@pytest.mark.parametrize(
    ("term", "raw"),
    [
        ("fault", "theirs"),
        ("fault", True),
        ("signs", ["smoke", "fire"]),
        ("owned", "-3 days"),
        ("owned", 12),
        ("paid", -1),
        ("paid", "5 USD"),
        ("paid", 1.999),
        ("paid", "much"),
        ("paid", float("nan")),
        ("paid", float("inf")),
        ("tries", True),
        ("share", 2),
        ("new", "maybe"),
        ("bought", "2024-02-30"),
        ("bought", "2024-W01-1"),
        ("bought", "20240101"),
        ("bought", datetime(2024, 1, 1, tzinfo=UTC)),
        ("told", "2024-01-01T10:00:00"),
        ("items", "none"),
        ("items", [5]),
        ("items", [{"price": "x"}]),
    ],
)
def test_bad_fact_is_refused_with_what_is_allowed(term: str, raw: Any) -> None:
    with pytest.raises(BadFact) as problem:
        read_facts({term: raw}, SCOPE)
    assert problem.value.term.startswith(term) and problem.value.allowed


def test_unknown_term_and_field_are_named() -> None:
    with pytest.raises(UnknownName):
        read_facts({"payed": 1}, SCOPE)
    with pytest.raises(UnknownName):
        read_facts({"items": [{"prise": 1}]}, SCOPE)


def test_list_keeps_to_its_count() -> None:
    kind = ListOf(records()["item"], 1, 2)
    assert read_fact("items", [{}], kind) == ({},)
    for raw in ([], [{}, {}, {}]):
        with pytest.raises(BadFact):
            read_fact("items", raw, kind)


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        (Number(), "number"),
        (Number("", 1), "number 1.."),
        (Number("", None, Fraction(5, 2)), "number ..2.5"),
        (Number("", 1, 5), "number 1..5"),
        (Money("EUR", Amount(150, "EUR")), "money(EUR) 1.50 EUR.."),
        (Money("EUR"), "money(EUR)"),
        (Duration(Family.CALENDAR, high=Span(Family.CALENDAR, 3)), "duration(days) ..3 days"),
        (YesNo(), "yes, no"),
        (OneOf(("a", "b")), "one_of [a, b]"),
    ],
)
def test_what_is_allowed_is_told_with_the_bounds_that_there_are(kind: Type, allowed: str) -> None:
    with pytest.raises(BadFact) as caught:
        read_fact("n", "no such thing", kind)
    assert (caught.value.term, caught.value.got, caught.value.allowed) == ("n", "no such thing", allowed)


def test_a_number_beyond_its_bounds_is_told_as_it_was_given() -> None:
    with pytest.raises(BadFact) as caught:
        read_fact("n", "7", Number("", 1, 5))
    assert (caught.value.term, caught.value.got, caught.value.allowed) == ("n", "7", "number 1..5")


def test_bounds_are_inclusive() -> None:
    assert read_fact("n", 5, Number("", 1, 5)) == 5
    assert read_fact("m", "5 VND", Money("VND", high=Amount(5, "VND"))) == Amount(5, "VND")
    week = Span(Family.CALENDAR, 7)
    assert read_fact("d", "1 weeks", Duration(Family.CALENDAR, week, week)) == week


def test_value_for_json_is_plain() -> None:
    assert plain(
        {"a": Amount(990, "EUR"), "b": frozenset({"y", "x"}), "c": (Fraction(1, 2), None, date(2024, 1, 2))}
    ) == {
        "a": "9.90 EUR",
        "b": ["x", "y"],
        "c": [0.5, None, "2024-01-02"],
    }
    assert plain(Range(Span(Family.WORKING, 5), Span(Family.WORKING, 7))) == "5..7 working days"
    assert plain(Every(Span(Family.EXACT, 5400))) == "every 1 h 30 min"


junk = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.datetimes()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)


@given(st.sampled_from(sorted(TERMS)), junk)
def test_whatever_is_sent_is_read_or_refused(term: str, raw: Any) -> None:
    try:
        read_facts({term: raw}, SCOPE)
    except TantamError as problem:
        assert str(problem)


@pytest.mark.parametrize("unit", [*EXACT_UNITS, *DAY_UNITS, *MONTH_UNITS, "working day", "working days", "EUR", "VND"])
@pytest.mark.parametrize("count", ["0", "1", "12", "007", "500000"])
def test_a_number_with_a_unit_is_what_the_parser_reads(count: str, unit: str) -> None:
    tree, findings = parse_result(f"{count} {unit}", HERE)
    assert isinstance(tree, Literal) and not findings
    assert quantity_of(f"{count} {unit}") == tree.value


@pytest.mark.parametrize(
    "text", ["12", "12days", "1.5 h", "1 h 30 min", "12 parsecs", "working days", "-1 days", "5 ABC"]
)
def test_all_else_is_left_to_the_parser(text: str) -> None:
    assert quantity_of(text) is None
