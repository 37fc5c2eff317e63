"""Money and time reckon exactly and never mix what does not belong together."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tantam.plan.errors import NotComparable
from tantam.plan.months import add_months
from tantam.plan.tables.expressions import parse
from tantam.plan.tables.nodes import Literal
from tantam.plan.tables.values import AT_ONCE, Amount, Family, Span, number_text, rounded
from tests.plan.tables.tables import HERE


def test_halves_go_away_from_zero() -> None:
    assert [rounded(Fraction(n, 2)) for n in (1, 3, -1, -3)] == [1, 2, -1, -2]
    assert Amount(905, "EUR") * Fraction(1, 10) == Amount(91, "EUR")
    assert Amount(-905, "EUR") * Fraction(1, 10) == Amount(-91, "EUR")


def test_currencies_never_mix() -> None:
    with pytest.raises(NotComparable):
        Amount(1, "EUR") + Amount(1, "USD")
    with pytest.raises(NotComparable):
        _ = Amount(1, "EUR") < Amount(1, "USD")


def test_families_never_mix_but_nothing_is_of_all() -> None:
    with pytest.raises(NotComparable):
        _ = Span(Family.WORKING, 3) < Span(Family.CALENDAR, 5)
    assert Span(Family.WORKING, 3) > AT_ONCE
    assert Span(Family.CALENDAR) == AT_ONCE
    assert hash(Span(Family.CALENDAR)) == hash(AT_ONCE)


def test_month_ends_on_the_last_day_there_is() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert add_months(date(2024, 3, 31), -1) == date(2024, 2, 29)
    assert add_months(date(9999, 11, 30), 1) == date(9999, 12, 30)
    with pytest.raises(OverflowError):
        add_months(date(9999, 12, 1), 1)


def test_amount_is_written_with_the_digits_of_its_currency() -> None:
    written = [str(Amount(500_000, "VND")), str(Amount(-5, "EUR")), str(Amount(1234, "KWD"))]
    assert written == ["500000 VND", "-0.05 EUR", "1.234 KWD"]


def test_number_is_written_without_a_locale() -> None:
    assert [number_text(each) for each in (3, Fraction(-49, 10), Fraction(1, 3))] == ["3", "-4.9", "0.333333"]


spans = st.one_of(
    st.integers(1, 10**6).map(lambda count: Span(Family.EXACT, count)),
    st.tuples(st.integers(0, 400), st.integers(0, 40)).map(lambda pair: Span(Family.CALENDAR, *pair)),
    st.integers(1, 400).map(lambda count: Span(Family.WORKING, count)),
)


@given(spans)
def test_span_reads_back_as_written(span: Span) -> None:
    tree, findings = parse(str(span), HERE)
    assert not findings and isinstance(tree, Literal)
    assert tree.value == span


@given(st.integers(-(10**9), 10**9), st.sampled_from(["VND", "EUR", "KWD"]))
def test_amount_reads_back_as_written(minor: int, currency: str) -> None:
    tree, _ = parse(str(Amount(minor, currency)), HERE)
    assert isinstance(tree, Literal) and tree.value == Amount(minor, currency)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (Fraction(1, 8), 6, "0.125"),
        (Fraction(-1, 3), 6, "-0.333333"),
        (Fraction(1, 10**9), 6, "0"),
        (Fraction(-1, 10**9), 6, "0"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(1, 200), 2, "0.01"),
        (Fraction(-5, 2), 6, "-2.5"),
        (Fraction(201, 100), 6, "2.01"),
        (Fraction(7), 6, "7"),
        (-12, 6, "-12"),
    ],
)
def test_a_number_is_written_with_as_many_digits_as_it_needs_and_nothing_has_no_sign(
    value: int | Fraction, digits: int, text: str
) -> None:
    assert number_text(value, digits) == text
