"""Months are as long as they are: what only long or short months show is found, and stands before the table itself."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest

from tantam.plan.checks.case import aged
from tantam.plan.checks.space.months import starts_that_matter
from tantam.plan.checks.subjects import Subject
from tantam.plan.checks.tables import findings_of
from tantam.plan.errors import Place, Severity
from tantam.plan.tables.evaluate import compile_table
from tantam.plan.tables.form import Hit, Table, Wanted
from tantam.plan.tables.reader import read_table
from tantam.plan.tables.table import build_table
from tantam.plan.tables.types import Duration, Word
from tantam.plan.tables.values import Family, Span
from tests.plan.checks.small_tables import scope_of

HERE = Place("plan.yaml", 1, 1)
SCOPE = scope_of({"owned": Duration(Family.CALENDAR, Span(Family.CALENDAR))}, {})
FOUR_YEARS = [date(2026, 1, 1) + timedelta(days=n) for n in range(4 * 365 + 1)]


def table_of(*cells: str) -> Table:
    """Return the typed table of one column, each row leading elsewhere."""
    lines = ["owned => outcome", *(f"{cell} => o{n}" for n, cell in enumerate(cells))]
    text, _ = read_table("\n".join(lines), HERE)
    assert text is not None
    table, wrong = build_table(text, SCOPE, Wanted("t", {"outcome": Word()}, hit=Hit.UNIQUE))
    assert table is not None, wrong
    return table


def found(table: Table) -> tuple[bool, set[tuple[int, int]]]:
    """Return whether the checks tell a gap, and which pairs of rows they tell."""
    subject = Subject(table, (), Severity.ERROR, compared=True)
    told = list(findings_of(subject, SCOPE))
    pairs = {(int(str(each.args["first"])), int(str(each.args["second"]))) for each in told if each.code == "K02"}
    return any(each.code == "K01" for each in told), pairs


def every_age(table: Table, most: int) -> tuple[bool, set[tuple[int, int]]]:
    """Return the same by looking at every age up to so many days, from every day of four years and on average."""
    compiled = compile_table(table, SCOPE)
    gap, pairs, seen = False, set[tuple[int, int]](), set[tuple[int, ...]]()
    lengths = {tuple(Span(Family.CALENDAR, 0, n).days_from(start) for n in (1, 2)): start for start in FOUR_YEARS}
    for start in [None, *lengths.values()]:
        for days in range(most):
            facts = {"owned": Span(Family.CALENDAR, days)}
            states = compiled.states(facts if start is None else aged(facts, start))
            met = tuple(number for number, state in enumerate(states, start=1) if state.value)
            gap = gap or not met
            if met not in seen:
                seen.add(met)
                pairs |= set(combinations(met, 2))
    return gap, pairs


@pytest.mark.parametrize(
    "cells",
    [
        ("<= 1 month", ">= 31 days"),
        ("<= 1 month", ">= 32 days"),
        ("<= 1 month", "> 1 month"),
        ("<= 28 days", "> 1 month"),
        ("<= 30 days", "31 days..59 days", "> 2 months"),
        ("<= 27 days", "28 days..2 months", "> 62 days", "2 months"),
        ("< 2 months", ">= 2 months", "> 90 days"),
    ],
)
def test_what_is_found_is_what_every_day_of_four_years_shows(cells: tuple[str, ...]) -> None:
    table = table_of(*cells)
    assert found(table) == every_age(table, 100)


def test_days_far_from_the_end_of_a_month_need_no_second_search() -> None:
    table = table_of("<= 7 days", "8 days..12 months", "> 12 months")
    conditions = [cell.expr for row in table.rows for cell in row.conditions if cell is not None]
    assert starts_that_matter(conditions) == ()
    assert found(table) == (False, set())


def test_one_start_stands_for_each_length_that_a_month_can_have() -> None:
    table = table_of("<= 30 days", "> 1 month")
    conditions = [cell.expr for row in table.rows for cell in row.conditions if cell is not None]
    starts = starts_that_matter(conditions)
    assert sorted(Span(Family.CALENDAR, 0, 1).days_from(each) for each in starts) == [28, 29, 30, 31]
