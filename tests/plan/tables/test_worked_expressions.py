"""What expressions come to, worked out by hand, the facts that each rests on, and what it asks for without one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Any

import pytest

from tantam.plan.tables.checking import check
from tantam.plan.tables.evaluate import Known, evaluate
from tantam.plan.tables.expressions import parse
from tantam.plan.tables.values import Amount, Family, Span
from tests.plan.tables.tables import HERE, scope_of

SCOPE = scope_of()
WORKED = """
tries + 2 -> 5 (tries)
tries - 5 -> -2 (tries)
tries * share -> 3/4 (tries, share)
tries / 2 -> 3/2 (tries)
tries / 0 -> ? (tries)
6 / 3 -> 2 ()
-tries -> -3 (tries)
abs(-tries) -> 3 (tries)
abs(share - 1) -> 3/4 (share)
paid + shipping -> 12.50 EUR (paid, shipping)
shipping - paid -> -7.50 EUR (shipping, paid)
paid * 1.5 -> 15.00 EUR (paid)
share * paid -> 2.50 EUR (share, paid)
paid * 33 % -> 3.30 EUR (paid)
paid / 3 -> 3.33 EUR (paid)
paid / shipping -> 4 (paid, shipping)
abs(shipping - paid) -> 7.50 EUR (shipping, paid)
-paid -> -10.00 EUR (paid)
owned + 3 days -> 15 days (owned)
owned - 20 days -> -8 days (owned)
abs(owned - 20 days) -> 8 days (owned)
abs(-1 months) -> 1 month ()
owned * 2 -> 24 days (owned)
owned / 5 -> 2 days (owned)
waited / 2 h -> 3/4 (waited)
waited + 30 min -> 2 h (waited)
waited * 0.5 -> 45 min (waited)
bought + 1 months -> 2024-02-29 (bought)
1 months + bought -> 2024-02-29 (bought)
bought - 1 months -> 2023-12-31 (bought)
bought + 30 days -> 2024-03-01 (bought)
bought - 2023-12-31 -> 31 days (bought)
told + 90 min -> 2024-01-31 09:30:00+00:00 (told)
90 min + told -> 2024-01-31 09:30:00+00:00 (told)
told - 1 h -> 2024-01-31 07:00:00+00:00 (told)
seen - told -> 25 h 30 min (seen, told)
told - seen -> -25 h -30 min (told, seen)
round(2.5) -> 3 ()
round(-2.5) -> -3 ()
round(2.444, 2) -> 61/25 ()
round(1250, -2) -> 1300 ()
round(paid / 3) -> 3.00 EUR (paid)
round(paid / 3, 1) -> 3.30 EUR (paid)
min(tries, 2, 5) -> 2 (tries)
max(paid, shipping) -> 10.00 EUR (paid, shipping)
min(bought, 2024-01-01) -> 2024-01-01 (bought)
max(waited, 2 h) -> 2 h (waited)
if(new, 1, 2) -> 1 (new)
if(broken, 1, 2) -> 2 (broken)
if(tries > 5, paid, shipping) -> 2.50 EUR (tries, shipping)
known(paid) -> yes (paid)
count(items) -> 3 (items)
count(signs) -> 2 (signs)
count(items, in_stock) -> 2 (items)
count(items, kind = 'lamp') -> 2 (items)
sum(items, price) -> 106.50 EUR (items)
sum(items, price * 2) -> 213.00 EUR (items)
smallest(items, price) -> 2.50 EUR (items)
largest(items, price) -> 99.00 EUR (items)
distinct(items, kind) -> 2 (items)
distinct(items, kind) = 2 -> yes (items)
every(items, price > 2 EUR) -> yes (items)
every(items, in_stock) -> no (items)
some(items, not in_stock) -> yes (items)
some(items, price > 100 EUR) -> no (items)
every(swaps, new.price > old.price) -> yes (swaps)
some(swaps, swap.new.kind = 'b') -> yes (swaps)
new and broken -> no (broken)
new or broken -> yes (new)
not new -> no (new)
not not new -> yes (new)
not not not new -> no (new)
--tries -> 3 (tries)
tries in [1, 3] -> yes (tries)
tries in [1, 2] -> no (tries)
fault in [customer, none] -> no (fault)
signs in [noise, heat] -> yes (signs)
signs in [noise] -> no (signs)
share in 10..50 % -> yes (share)
share in 30..50 % -> no (share)
share > 25 % -> no (share)
share >= 25 % -> yes (share)
new and not broken -> yes (new, broken)
tries in 1..3 -> yes (tries)
tries in (3..5) -> no (tries)
tries in [3..5) -> yes (tries)
tries in (1..3) -> no (tries)
tries in 4.. -> no (tries)
tries in ..3 -> yes (tries)
signs has smoke -> yes (signs)
signs has noise -> no (signs)
fault = ours -> yes (fault)
fault != ours -> no (fault)
city = 'Huế' -> yes (city)
city != 'Huế' -> no (city)
tries < 3 -> no (tries)
tries <= 3 -> yes (tries)
tries > 3 -> no (tries)
tries >= 3 -> yes (tries)
tries = 3 -> yes (tries)
paid > 9.99 EUR -> yes (paid)
owned < 2 weeks -> yes (owned)
owned >= 12 days -> yes (owned)
owned = 12 days -> yes (owned)
bought < 2024-02-01 -> yes (bought)
opens > 08:29 -> yes (opens)
opens in 08:00..09:00 -> yes (opens)
told < seen -> yes (told, seen)
deadline(bought, 14 days) -> 2024-02-14 (bought)
deadline(bought, 2 months) -> 2024-03-31 (bought)
"""


def item(kind: str, minor: int, in_stock: bool) -> dict[str, Any]:
    return {"kind": kind, "price": Amount(minor, "EUR"), "in_stock": in_stock}


FACTS: dict[str, Any] = {
    "tries": 3,
    "share": Fraction(1, 4),
    "paid": Amount(1000, "EUR"),
    "shipping": Amount(250, "EUR"),
    "owned": Span(Family.CALENDAR, 12),
    "waited": Span(Family.EXACT, 5400),
    "new": True,
    "broken": False,
    "bought": date(2024, 1, 31),
    "told": datetime(2024, 1, 31, 8, tzinfo=UTC),
    "seen": datetime(2024, 2, 1, 9, 30, tzinfo=UTC),
    "opens": time(8, 30),
    "city": "Huế",
    "fault": "ours",
    "signs": frozenset({"smoke", "heat"}),
    "items": [item("lamp", 500, True), item("lamp", 250, False), item("desk", 9900, True)],
    "swaps": [{"old": item("a", 100, True), "new": item("b", 200, True)}],
}


def split(line: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the expression, what it comes to, and the facts that it rests on."""
    expression, _, rest = line.partition(" -> ")
    value, _, used = rest.rpartition(" (")
    return expression, value, tuple(each for each in used.rstrip(")").split(", ") if each)


def known(expression: str, facts: dict[str, Any]) -> Known:
    tree, wrong = parse(expression, HERE)
    assert tree is not None and not wrong
    checked, findings = check(tree, SCOPE)
    assert not findings
    return evaluate(checked, facts, SCOPE)


def said(value: Any) -> str:
    match value:
        case None:
            return "?"
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)


@pytest.mark.parametrize("line", WORKED.strip().splitlines())
def test_an_expression_comes_to_what_was_worked_out_and_rests_on_these_facts(line: str) -> None:
    expression, value, used = split(line)
    found = known(expression, FACTS)
    assert (said(found.value), found.used) == (value, used)
    assert found.unknown == ("" if value != "?" else used[0])


@pytest.mark.parametrize("line", WORKED.strip().splitlines())
def test_without_a_fact_it_rests_on_it_is_unknown_and_asks_for_it(line: str) -> None:
    expression, _, used = split(line)
    for term in used:
        found = known(expression, {name: value for name, value in FACTS.items() if name != term})
        if expression.startswith("known("):
            assert found.value is False
        else:
            assert (found.value, found.unknown) == (None, term)
