"""Whoever answers what is asked, one thing after the other, comes to an answer, and is asked nothing twice."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.plan.tables.evaluate import compile_table, evaluate, term_value
from tantam.plan.tables.form import Hit
from tantam.plan.tables.reader import TableText, read_table
from tantam.plan.tables.scope import ByTable, Computed, Scope
from tantam.plan.tables.steps import Facts
from tantam.plan.tables.types import Duration, OneOf
from tantam.plan.tables.values import Family, Span
from tests.plan.tables.tables import HERE, TERMS, days, table_of, try_scope, type_of
from tests.support.proving import examples

GRACE = """
when                   => grace
level = gold           | 14 days
rank = high and new    | limit
fault in [ours, none]  | 3 days
"""
RANK = "tries => rank\n> 4 | high\n2..4 | mid\n< 2 | low"
NOTE = "tries => note\n> 4 | owned\n2..4 | limit\n< 2 | 1 days"
ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "level": st.sampled_from(["plain", "silver", "gold"]),
    "fault": st.sampled_from(["ours", "customer", "none"]),
    "new": st.booleans(),
    "broken": st.booleans(),
    "tries": st.integers(0, 6),
    "owned": days,
    "grace": days,  # asked of a person where no row of its table holds
}


def written(table: str) -> TableText:
    read, _ = read_table(table.strip(), HERE)
    assert read is not None
    return read


def scope() -> Scope:
    """Return terms that rest on each other: by a formula, by a table, by a table of tables."""
    found, findings = try_scope(
        Computed("limit", "if(broken, owned, 2 days)", HERE),
        ByTable("rank", type_of("one_of", ["low", "mid", "high"]), written(RANK), HERE),
        ByTable("grace", type_of("duration", "0 days.."), written(GRACE), HERE),
        ByTable("note", type_of("duration", "0 days.."), written(NOTE), HERE),
        Computed("late", "owned > grace or rank = low and not new", HERE),
    )
    assert not findings, [each.sentence() for each in findings]
    return found


SCOPE = scope()
DECIDES = """
late | rank     => outcome | within
yes  | mid      | repair   | grace
yes  | -        | refund   | note
-    | high     | replace  | limit
otherwise       => judge   | 1 days
"""


def test_terms_that_tables_decide_have_the_type_that_is_declared() -> None:
    assert isinstance(SCOPE.terms["grace"].type, Duration)
    assert isinstance(SCOPE.terms["rank"].type, OneOf)


@settings(max_examples=examples(200), deadline=None)
@given(st.data(), st.sampled_from(["limit", "rank", "grace", "note", "late"]))
def test_a_term_is_known_once_all_that_is_asked_was_answered(data: st.DataObject, name: str) -> None:
    facts: dict[str, Any] = {}
    while (known := term_value(name, facts, SCOPE)).unknown:
        assert known.value is None
        _answered(data, facts, known.unknown)
    assert known.value is not None
    _rests_on_what_was_told(facts, known.used)
    again = term_value(name, {each: facts[each] for each in known.used}, SCOPE)
    assert again.value == known.value


@settings(max_examples=examples(200), deadline=None)
@given(st.data(), st.sampled_from([Hit.FIRST, Hit.UNIQUE, Hit.ANY, Hit.RULE_ORDER, Hit.COLLECT]))
def test_a_table_decides_once_all_that_is_asked_was_answered(data: st.DataObject, hit: Hit) -> None:
    table = compile_table(table_of(DECIDES.strip(), SCOPE, hit=hit), SCOPE)
    facts: dict[str, Any] = {}
    while asked := ((fired := table(facts)).unknown or next(iter(fired.missing), "")):
        _answered(data, facts, asked)
    assert fired.row is not None
    assert all(len(each) == 2 for each in fired.results)
    _rests_on_what_was_told(facts, fired.used)
    again = table({each: facts[each] for each in fired.used})
    assert (again.row, again.results[0]) == (fired.row, fired.results[0])


def _answered(data: st.DataObject, facts: dict[str, Any], asked: str) -> None:
    assert asked in ANSWERS, "only what can be told is asked"
    assert asked not in facts, "nothing is asked twice"
    facts[asked] = data.draw(ANSWERS[asked], label=asked)


def _rests_on_what_was_told(facts: Facts, used: tuple[str, ...]) -> None:
    assert set(used) <= facts.keys()
    assert len(set(used)) == len(used)


def test_where_no_row_decides_a_term_it_is_asked_itself() -> None:
    none: Facts = {"level": "plain", "tries": 3, "fault": "customer"}
    assert (term_value("grace", none, SCOPE).value, term_value("grace", none, SCOPE).unknown) == (None, "grace")
    told = {**none, "grace": Span(Family.CALENDAR, 9)}
    assert term_value("grace", told, SCOPE).value == Span(Family.CALENDAR, 9)
    assert term_value("grace", told, SCOPE).used == ("grace",)


def test_what_the_row_that_fires_gives_is_asked_before_other_rows() -> None:
    gold = {"tries": 6}
    assert term_value("note", gold, SCOPE).unknown == "owned"
    assert term_value("rank", gold, SCOPE).value == "high"
    assert term_value("note", {"tries": 3}, SCOPE).unknown == "broken"
    assert term_value("note", {"tries": 3, "broken": True}, SCOPE).unknown == "owned"


def test_nothing_is_asked_for_what_is_known_though_terms_are_open() -> None:
    tree = SCOPE.terms["late"].computed
    assert tree is not None
    assert evaluate(tree, {"tries": 0, "new": False, "owned": Span(Family.CALENDAR, 1)}, SCOPE).unknown == ""
    assert {"level", "fault", "new", "broken", "tries", "owned"} <= TERMS.keys()
