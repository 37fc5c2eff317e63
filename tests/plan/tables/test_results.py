"""What a result may hold: spans with an open end, several words of a list, a text term by its name, words in quotes."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.plan.tables.evaluate import compile_table
from tantam.plan.tables.types import Duration, Money, OneOf, SomeOf, Text
from tantam.plan.tables.values import Amount, Family, Range, Span
from tests.plan.tables.tables import scope_of, table_of, try_table

OUTPUTS = {
    "pays": Money("EUR"),
    "tell": SomeOf(("smoke", "noise", "a b", "it's")),
    "to": Text(),
    "wait": Duration(Family.CALENDAR),
}
FACTS = {"fault": "ours", "paid": Amount(500, "EUR"), "shipping": Amount(700, "EUR"), "city": "Huế", "level": "gold"}


def given(head: str, cell: str, facts: dict[str, Any] = FACTS) -> Any:
    table = table_of(f"fault => {head}\nours | {cell}", outputs=dict(OUTPUTS))
    return compile_table(table, scope_of())(facts).outputs.get(head)


@pytest.mark.parametrize(
    ("head", "cell", "expected"),
    [
        ("pays", "paid..shipping", Range(Amount(500, "EUR"), Amount(700, "EUR"))),
        ("pays", "paid..", Range(Amount(500, "EUR"), None)),
        ("pays", "..paid", Range(None, Amount(500, "EUR"))),
        ("pays", "1 EUR..", Range(Amount(100, "EUR"), None)),
        ("pays", "..2 EUR", Range(None, Amount(200, "EUR"))),
        ("pays", "1..2 EUR", Range(Amount(100, "EUR"), Amount(200, "EUR"))),
        ("pays", "paid * 2..9 EUR", Range(Amount(1000, "EUR"), Amount(900, "EUR"))),
        ("wait", "..3 days", Range(None, Span(Family.CALENDAR, 3))),
        ("tell", "smoke", frozenset({"smoke"})),
        ("tell", "smoke, noise", frozenset({"smoke", "noise"})),
        ("tell", "noise + smoke+'a b'", frozenset({"smoke", "noise", "a b"})),
        ("tell", "smoke, smoke", frozenset({"smoke"})),
        ("tell", "smoke,", frozenset({"smoke"})),
        ("tell", "'it''s'", frozenset({"it's"})),
        ("outcome", "repair + refund", ("repair", "refund")),
        ("outcome", "'repair', refund", ("repair", "refund")),
        ("say", "hello, you", "hello, you"),
        ("say", "'don''t'", "don't"),
        ("say", '"so"', "so"),
        ("say", "'", "'"),
        ("say", "'open\"", "'open\""),
        ("to", "city", "Huế"),
        ("to", "level", "gold"),
        ("to", "'city'", "city"),
        ("to", "paid", "paid"),
        ("to", "the stores", "the stores"),
        ("to", "Đà Nẵng", "Đà Nẵng"),
    ],
)
def test_a_cell_gives(head: str, cell: str, expected: Any) -> None:
    assert given(head, cell) == expected


@pytest.mark.parametrize("cell", ["paid..shipping", "shipping..paid", "paid..", "..paid"])
def test_a_span_whose_bound_is_unknown_is_missing(cell: str) -> None:
    table = table_of(f"fault => pays\nours | {cell}", outputs=dict(OUTPUTS))
    fired = compile_table(table, scope_of())({"fault": "ours", "shipping": Amount(1, "EUR")})
    assert (fired.outputs, fired.missing) == ({}, ("paid",))


def test_every_word_that_a_list_does_not_hold_is_told_with_those_it_holds() -> None:
    table, findings = try_table("fault => tell\nours | smok, noise, fire", outputs=dict(OUTPUTS))
    assert table is None or findings
    said = [(each.code, each.args["got"], each.args["allowed"], each.args["near"]) for each in findings]
    held = "smoke, noise, a b, it's"
    assert said == [("T08", "smok", held, "smoke"), ("T08", "fire", held, "")]
    assert {each.place.line for each in findings} == {11}


def test_a_word_of_another_list_is_not_taken_for_a_term() -> None:
    outputs = {"status": OneOf(("open", "closed"))}
    table, findings = try_table("fault => status\nours | opened", outputs=dict(outputs))
    assert table is None or [each.code for each in findings] == ["T08"]
