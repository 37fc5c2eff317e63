"""Every construct of the language means what the grammar says."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Any

import pytest

from tantam.plan.tables.checking import check
from tantam.plan.tables.evaluate import evaluate, term_value
from tantam.plan.tables.expressions import parse
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.values import AT_ONCE, Amount, Family, Span
from tests.plan.tables.tables import HERE, scope_of

EUR = "EUR"
ITEM = {"kind": "shirt", "price": Amount(2000, EUR), "in_stock": True}
OTHER = {"kind": "shoe", "price": Amount(2500, EUR), "in_stock": False}
FACTS: dict[str, Any] = {
    "fault": "ours",
    "signs": frozenset({"smoke"}),
    "level": "gold",
    "owned": Span(Family.CALENDAR, 12),
    "waited": Span(Family.EXACT, 5400),
    "paid": Amount(10_000, EUR),
    "shipping": Amount(490, EUR),
    "tries": 2,
    "share": Fraction(1, 4),
    "new": True,
    "broken": False,
    "bought": date(2024, 1, 31),
    "told": datetime(2024, 1, 1, 10, tzinfo=UTC),
    "seen": datetime(2024, 1, 1, 12, 30, tzinfo=UTC),
    "opens": time(8, 30),
    "city": "Huế",
    "käufer": "verbraucher",
    "items": (ITEM, OTHER),
    "swaps": ({"old": ITEM, "new": OTHER},),
}


def value(text: str, facts: dict[str, Any] | None = None, scope: Scope | None = None) -> Any:
    tree, findings = parse(text, HERE)
    assert tree is not None, [each.sentence() for each in findings]
    scope = scope or scope_of()
    tree, findings = check(tree, scope)
    assert not findings, [each.sentence() for each in findings]
    return evaluate(tree, FACTS if facts is None else facts, scope).value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500_000 VND", Amount(500_000, "VND")),
        ("9.90 EUR", Amount(990, EUR)),
        ("90%", Fraction(9, 10)),
        ("at once", AT_ONCE),
        ("1 h 30 min", Span(Family.EXACT, 5400)),
        ("20 s", Span(Family.EXACT, 20)),
        ("1 years", Span(Family.CALENDAR, 0, 12)),
        ("2 weeks", Span(Family.CALENDAR, 14)),
        ("1 month 3 days", Span(Family.CALENDAR, 3, 1)),
        ("3 working days", Span(Family.WORKING, 3)),
        ("1 working day", Span(Family.WORKING, 1)),
        ("2024-02-29", date(2024, 2, 29)),
        ("08:30", time(8, 30)),
        ("'it''s'", "it's"),
        ('"two words"', "two words"),
        ("yes", True),
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("-2 - -3", 1),
        ("7 / 2", Fraction(7, 2)),
        ("0.1 + 0.2", Fraction(3, 10)),
    ],
)
def test_literal_is_exact(text: str, expected: Any) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fault = ours", True),
        ("ours = fault", True),
        ("fault != 'ours'", False),
        ("fault in [customer, ours]", True),
        ("fault not in [customer, none]", True),
        ("signs has smoke", True),
        ("not signs has noise", True),
        ("signs in [noise, heat]", False),
        ("signs in [smoke, heat]", True),
        ("new and not broken or fault = none", True),
        ("broken or new and broken", False),
        ("owned <= 2 weeks", True),
        ("owned in 5..12 days", True),
        ("owned in (12 days..]", False),
        ("owned in [5 days..12 days)", False),
        ("tries in ..2", True),
        ("paid > 0", True),
        ("shipping > 0 and 0 < shipping", True),
        ("paid = 100 EUR", True),
        ("käufer = verbraucher", True),
        ("city = 'Huế'", True),
        ("opens >= 8:00", True),
        ("bought < 2024-02-01", True),
        ("bought + 1 months = 2024-02-29", True),
        ("bought + 1 months - 1 days = 2024-02-28", True),
        ("seen - told = 2 h 30 min", True),
        ("told + 3 h > seen", True),
        ("waited >= 90 min", True),
        ("new = yes", True),
    ],
)
def test_condition_holds(text: str, expected: bool) -> None:
    assert value(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("paid * 10%", Amount(1000, EUR)),
        ("min(paid * 10%, 5 EUR)", Amount(500, EUR)),
        ("max(paid, shipping, 0)", Amount(10_000, EUR)),
        ("-shipping", Amount(-490, EUR)),
        ("abs(shipping - paid)", Amount(9510, EUR)),
        ("shipping / paid", Fraction(49, 1000)),
        ("paid / 3", Amount(3333, EUR)),
        ("round(paid * (1 - shipping / paid), 2)", Amount(9510, EUR)),
        ("round(shipping)", Amount(500, EUR)),
        ("round(7 / 3, 2)", Fraction(233, 100)),
        ("round(5 / 2)", 3),
        ("round(-5 / 2)", -3),
        ("if(new, paid, shipping)", Amount(10_000, EUR)),
        ("deadline(bought, 14 days)", date(2024, 2, 14)),
        ("deadline(bought + 12 months, 14 days)", date(2025, 2, 14)),
        ("deadline(bought, 3 working days)", date(2024, 2, 5)),
        ("count(items)", 2),
        ("count(items, in_stock)", 1),
        ("count(signs)", 1),
        ("sum(items, price)", Amount(4500, EUR)),
        ("sum(swaps, swap.new.price - swap.old.price)", Amount(500, EUR)),
        ("smallest(items, price)", Amount(2000, EUR)),
        ("largest(items, item.price)", Amount(2500, EUR)),
        ("distinct(items, kind)", 2),
        ("some(items, not in_stock)", True),
        ("every(items, item.in_stock)", False),
        ("every(swaps, swap.new.kind = swap.old.kind)", False),
        ("every(swaps, some(items, item.kind = swap.old.kind))", True),
        ("every(items, price <= paid)", True),
        ("distinct(items, kind) = count(items)", True),
    ],
)
def test_function_gives(text: str, expected: Any) -> None:
    assert value(text) == expected


def test_bare_distinct_in_a_condition_asks_whether_all_are() -> None:
    assert value("new and distinct(items, kind)") is True
    assert value("new and distinct(items, kind)", FACTS | {"items": (ITEM, ITEM)}) is False


def test_every_is_true_and_sum_is_nothing_of_an_empty_list() -> None:
    empty = FACTS | {"items": ()}
    assert value("every(items, in_stock)", empty) is True
    assert value("some(items, in_stock)", empty) is False
    assert value("sum(items, price)", empty) == Amount(0, EUR)
    assert value("largest(items, price)", empty) is None


def test_bareword_is_a_value_before_it_is_a_term() -> None:
    scope = scope_of(ours="tries > 5")
    assert value("fault = ours", scope=scope) is True
    assert value("ours", scope=scope) is False


def test_term_may_be_called_as_one_of_its_values() -> None:
    scope = scope_of(ours="fault = ours")
    assert value("ours", scope=scope) is True


def test_age_compares_with_months_from_its_own_day() -> None:
    leap = Span.age(date(2024, 1, 31), date(2024, 2, 29))
    late = Span.age(date(2023, 1, 31), date(2023, 3, 1))
    assert leap == late
    assert value("owned <= 1 months", {"owned": leap}) is True
    assert value("owned = 1 months", {"owned": leap}) is True
    assert value("owned <= 1 months", {"owned": late}) is False
    assert value("owned <= 1 years", {"owned": Span.age(date(2024, 1, 1), date(2025, 1, 1))}) is True
    assert value("owned <= 365 days", {"owned": Span.age(date(2024, 1, 1), date(2025, 1, 1))}) is False


def test_decomposed_name_is_the_same_name() -> None:
    assert value("ka\u0308ufer = verbraucher") is True


def test_computed_terms_are_worked_out_when_needed() -> None:
    scope = scope_of(double="paid * 2", more="double + shipping", rich="more > 200 EUR")
    assert value("rich", scope=scope) is True
    known = term_value("rich", {"paid": Amount(1, EUR)}, scope)
    assert (known.value, known.unknown) == (None, "shipping")


def test_given_fact_stands_above_its_computation() -> None:
    scope = scope_of(rich="paid > 1 EUR")
    assert value("rich", {"rich": False, "paid": Amount(900, EUR)}, scope) is False


def test_deadline_follows_the_rule_of_the_scope() -> None:
    from dataclasses import replace

    scope = replace(scope_of(), deadline=lambda start, span: date(2030, 1, 1))
    assert value("deadline(bought, 1 days)", scope=scope) == date(2030, 1, 1)
