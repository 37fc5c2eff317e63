"""A missing fact is unknown: and/or may still decide, otherwise the answer names the term to ask."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.plan.tables.checking import check
from tantam.plan.tables.evaluate import Known, compile_table, evaluate
from tantam.plan.tables.expressions import parse
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.values import Amount, Family, Span
from tests.plan.tables.tables import HERE, scope_of, table_of


def known(text: str, facts: dict[str, Any], scope: Scope | None = None) -> Known:
    tree, _ = parse(text, HERE)
    assert tree is not None
    scope = scope or scope_of()
    tree, findings = check(tree, scope)
    assert not findings
    return evaluate(tree, facts, scope)


@pytest.mark.parametrize(
    ("text", "facts", "expected", "ask"),
    [
        ("new and broken", {"new": False}, False, ""),
        ("broken and new", {"new": False}, False, ""),
        ("new or broken", {"broken": True}, True, ""),
        ("new and broken", {"new": True}, None, "broken"),
        ("new and broken", {}, None, "new"),
        ("not new", {}, None, "new"),
        ("fault = ours", {}, None, "fault"),
        ("known(paid)", {}, False, ""),
        ("known(paid) and paid > 5 EUR", {}, False, ""),
        ("not known(paid) or paid > 5 EUR", {}, True, ""),
        ("if(known(paid), paid, shipping)", {"shipping": Amount(5, "EUR")}, Amount(5, "EUR"), ""),
        ("if(new, paid, shipping)", {"new": True}, None, "paid"),
        ("if(new, paid, shipping)", {}, None, "new"),
        ("every(items, in_stock)", {}, None, "items"),
        ("every(items, in_stock)", {"items": ({"in_stock": False}, {})}, False, ""),
        ("every(items, in_stock)", {"items": ({"in_stock": True}, {})}, None, "items"),
        ("some(items, in_stock)", {"items": ({"in_stock": True}, {})}, True, ""),
        ("some(items, price > paid)", {"items": ({"price": Amount(1, "EUR")},)}, None, "paid"),
        ("count(items)", {"items": ({},)}, 1, ""),
        ("sum(items, price)", {"items": ({},)}, None, "items"),
        ("paid / shipping", {"paid": Amount(1, "EUR"), "shipping": Amount(0, "EUR")}, None, "shipping"),
        ("tries in 1..3", {}, None, "tries"),
        ("signs has smoke", {"signs": frozenset()}, False, ""),
    ],
)
def test_unknown_is_never_guessed(text: str, facts: dict[str, Any], expected: Any, ask: str) -> None:
    answer = known(text, facts)
    assert (answer.value, answer.unknown) == (expected, ask)


def test_answer_rests_only_on_what_decided_it() -> None:
    facts = {"new": False, "broken": True, "tries": 3}
    assert known("broken and new", facts).used == ("new",)
    assert known("broken or new", facts).used == ("broken",)
    assert known("if(broken, tries, 0) > 1", facts).used == ("broken", "tries")
    assert known("not new and broken", facts).used == ("new", "broken")


def test_computed_term_rests_on_given_terms() -> None:
    scope = scope_of(difference="paid - shipping")
    facts = {"paid": Amount(5, "EUR"), "shipping": Amount(1, "EUR")}
    assert known("difference > 0", facts, scope).used == ("paid", "shipping")


GRID = """
row    | fault    | owned     => outcome | law
faulty | ours     | -         => exchange | § 5
soon   | customer | <= 7 days => refund | -
late   | customer | > 7 days  => judge | § 7
"""


def test_table_asks_the_first_term_that_the_first_possible_row_lacks() -> None:
    table = compile_table(table_of(GRID), scope_of())
    assert table({}).unknown == "fault"
    assert table({"fault": "customer"}).unknown == "owned"
    fired = table({"fault": "ours"})
    assert (fired.row.name if fired.row else "", fired.unknown, fired.used) == ("faulty", "", ("fault",))
    assert fired.outputs == {"outcome": ("exchange",), "law": "§ 5"}


def test_first_asks_for_what_could_still_change_the_answer() -> None:
    text = "when => outcome\nbroken => exchange\nowned <= 7 days => refund\notherwise => judge"
    table = compile_table(table_of(text), scope_of())
    week = Span(Family.CALENDAR, 7)
    assert table({"owned": week}).unknown == "broken"
    assert table({"owned": week, "broken": False}).outputs["outcome"] == ("refund",)
    assert table({"broken": True}).outputs["outcome"] == ("exchange",)
    assert table({"broken": False}).unknown == "owned"


def test_no_row_is_an_answer_too() -> None:
    fired = compile_table(table_of(GRID), scope_of())({"fault": "none"})
    assert (fired.row, fired.unknown, fired.used) == (None, "", ("fault",))


def test_output_that_lacks_a_fact_is_missing_not_guessed() -> None:
    from tantam.plan.tables.types import Money

    table = table_of("fault => outcome | gets\nours => exchange | paid * 10%", outputs={"gets": Money("EUR")})
    fired = compile_table(table, scope_of())({"fault": "ours"})
    assert (fired.outputs, fired.missing) == ({"outcome": ("exchange",)}, ("paid",))


def test_must_tells_each_row() -> None:
    from tantam.plan.tables.types import Word

    text = "must => else | say\nnew => - | only_new\npaid > 5 EUR => ask | too_cheap\nfault = ours => - | not_ours"
    table = compile_table(table_of(text, outputs={"else": Word()}), scope_of())
    states = table.states({"new": False, "fault": "none"})
    assert [(each.value, each.unknown) for each in states] == [(False, ""), (None, "paid"), (False, "")]
    assert states[2].used == ("fault",)


@pytest.mark.parametrize("new", [True, False, None])
@pytest.mark.parametrize("fault", ["ours", "none", None])
def test_each_row_of_several_conditions_tells_by_itself_whether_it_holds(new: bool | None, fault: str | None) -> None:
    table = compile_table(table_of("new | fault => outcome\nyes | ours | a\n- | ours | b\n- | - | c"), scope_of())
    ours = None if fault is None else fault == "ours"
    both, only, always = table.states({"new": new, "fault": fault})
    assert both.value is (False if new is False or ours is False else True if new and ours else None)
    assert only.value is ours
    assert always.value is True
    assert both.unknown == ("" if both.value is not None else "new" if new is None else "fault")
    assert only.unknown == ("fault" if fault is None else "")
    assert (always.unknown, always.used) == ("", ())
    if both.value:
        assert both.used == ("new", "fault")
    if both.value is False:
        assert both.used == (("new",) if new is False else ("fault",))


def test_default_stands_in_for_a_missing_fact() -> None:
    from tantam.plan.tables.scope import Given
    from tantam.plan.tables.types import YesNo
    from tests.plan.tables.tables import try_scope

    scope, _ = try_scope(Given("presumed", YesNo(), HERE, default=True))
    assert known("presumed", {}, scope).value is True
    assert known("presumed", {"presumed": False}, scope).value is False
    assert known("presumed", {}, scope).used == ()
