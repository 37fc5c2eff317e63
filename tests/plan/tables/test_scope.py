"""What names mean: each term bears its own name, and a plan without deadline rules counts by the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tantam.plan.tables.domains import read_type
from tantam.plan.tables.scope import ByTable, Computed, calendar_deadline
from tantam.plan.tables.terms import LONGEST_CHAIN
from tantam.plan.tables.types import Broken
from tantam.plan.tables.values import Amount, Family, Span
from tests.plan.tables.tables import HERE, TERMS, records, try_scope, type_of
from tests.plan.tables.test_asking import written

FRIDAY, SATURDAY, SUNDAY = date(2024, 2, 2), date(2024, 2, 3), date(2024, 2, 4)


@pytest.mark.parametrize(
    ("start", "span", "last"),
    [
        (FRIDAY, Span(Family.CALENDAR, 3), date(2024, 2, 5)),
        (FRIDAY, Span(Family.CALENDAR, 0), FRIDAY),
        (date(2024, 1, 31), Span(Family.CALENDAR, 0, 1), date(2024, 2, 29)),
        (date(2024, 1, 31), Span(Family.CALENDAR, 2, 1), date(2024, 3, 2)),
        # Hours are rounded up to days: what begins a day may use all of it.
        (FRIDAY, Span(Family.EXACT, 0), FRIDAY),
        (FRIDAY, Span(Family.EXACT, 1), SATURDAY),
        (FRIDAY, Span(Family.EXACT, 86_400), SATURDAY),
        (FRIDAY, Span(Family.EXACT, 86_401), SUNDAY),
        (FRIDAY, Span(Family.WORKING, 0), FRIDAY),
        (FRIDAY, Span(Family.WORKING, -2), FRIDAY),
        (FRIDAY, Span(Family.WORKING, 1), date(2024, 2, 5)),
        (FRIDAY, Span(Family.WORKING, 5), date(2024, 2, 9)),
        (FRIDAY, Span(Family.WORKING, 6), date(2024, 2, 12)),
        (SATURDAY, Span(Family.WORKING, 1), date(2024, 2, 5)),
        (SUNDAY, Span(Family.WORKING, 4), date(2024, 2, 8)),
        (date(2024, 2, 5), Span(Family.WORKING, 14), date(2024, 2, 23)),
    ],
)
def test_a_deadline_without_rules_counts_by_the_calendar(start: date, span: Span, last: date) -> None:
    assert calendar_deadline(start, span) == last


@given(st.dates(date(2000, 1, 3), date(2030, 1, 1)), st.integers(1, 60))
def test_between_a_working_start_and_its_deadline_lie_as_many_working_days(start: date, count: int) -> None:
    last = calendar_deadline(start, Span(Family.WORKING, count))
    days = [date.fromordinal(n) for n in range(start.toordinal() + 1, last.toordinal() + 1)]
    if start.weekday() < 5:
        assert sum(day.weekday() < 5 for day in days) == count
        assert last.weekday() < 5


def test_each_term_bears_its_name_its_place_and_its_type() -> None:
    table = ByTable(
        "rank", type_of("one_of", ["low", "high"]), written("tries => rank\n> 4 | high\notherwise | low"), HERE
    )
    scope, findings = try_scope(Computed("twice", "tries * 2", HERE), table)
    assert not findings
    assert {name: term.name for name, term in scope.terms.items()} == {name: name for name in (*TERMS, "twice", "rank")}
    assert {term.place for term in scope.terms.values()} == {HERE}
    assert (scope.terms["paid"].type, scope.terms["rank"].type) == (type_of("money", "0.."), table.type)
    assert (scope.currency, set(scope.records)) == ("EUR", {"item", "swap"})
    assert (scope.terms["twice"].computed is None, scope.terms["rank"].table is None) == (False, False)
    assert (scope.terms["rank"].computed, scope.terms["twice"].table, scope.terms["paid"].computed) == (
        None,
        None,
        None,
    )


def test_a_wrong_term_is_told_by_its_clause_and_fits_everything() -> None:
    scope, findings = try_scope(Computed("a", "paid > 5", HERE), Computed("b", "not a", HERE))
    assert [(each.code, each.clause) for each in findings] == [("T10", "terms.a")]
    assert scope.terms["a"].computed is None
    gone, told = try_scope(Computed("c", "(", HERE), Computed("d", "c + 1", HERE))
    assert {each.clause for each in told} == {"terms.c"}
    assert isinstance(gone.terms["c"].type, Broken)


def test_a_chain_of_sixty_terms_is_read_and_a_longer_one_names_the_bound() -> None:
    def chain(length: int) -> list[Computed]:
        return [Computed(f"t{n}", f"t{n - 1} + 1" if n else "tries", HERE) for n in reversed(range(length))]

    _, fine = try_scope(*chain(LONGEST_CHAIN))
    assert fine == []
    _, (found,) = try_scope(*chain(LONGEST_CHAIN + 1))
    assert (found.code, found.args, found.place) == ("T23", {"got": "t0", "allowed": "60"}, HERE)


def test_a_record_is_a_type_and_so_is_a_list_of_it() -> None:
    item = records()["item"]
    assert read_type("record", "item", HERE, records=records(), currency="EUR") == (item, [])
    kind, findings = read_type("list", "item", HERE, records=records(), currency="EUR")
    assert (findings, kind == item, getattr(kind, "record", None)) == ([], False, item)
    _, (found,) = read_type("record", "itm", HERE, records=records(), currency="EUR")
    assert (found.code, found.args["got"], found.args["near"]) == ("T48", "itm", "item")


def test_a_table_knows_where_it_was_written() -> None:
    scope, _ = try_scope(ByTable("rank", type_of("one_of", ["low"]), written("tries => rank\n> 4 | low"), HERE))
    table = scope.terms["rank"].table
    assert table is not None
    assert (table.place, table.rows[0].place.line) == (HERE, HERE.line + 1)


@pytest.mark.parametrize("kind", ["number", "money"])
def test_a_type_has_the_bounds_that_are_written(kind: str) -> None:
    for text, low, high in (("1..5", True, True), ("1..", True, False), ("..5", False, True)):
        found = type_of(kind, text)
        bounds = getattr(found, "low", None), getattr(found, "high", None)
        values = (1, 5) if kind == "number" else (Amount(100, "EUR"), Amount(500, "EUR"))
        assert bounds == (values[0] if low else None, values[1] if high else None)
