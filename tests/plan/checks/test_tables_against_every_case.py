"""Gaps, overlaps and idle rows of small tables, against looking at every case one by one."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.plan.checks.explored import Explored, Share
from tantam.plan.tables.evaluate import compile_table
from tantam.plan.tables.table import Hit, Row
from tantam.plan.tables.types import YesNo
from tests.plan.checks.small_tables import CASES, SCOPE, Rule, expression, rule, rules, table_of
from tests.support.proving import examples

_UNHURRIED = settings(max_examples=examples(60), deadline=None)


def every_pair(one: Row, other: Row) -> bool:
    """Compare all rows, whatever they lead to."""
    return True


def firing(told: list[list[bool]]) -> list[int]:
    """Return for each case the number of the first row that matches, -1 for none."""
    return [next((n for n, row in enumerate(told) if row[case]), -1) for case in range(len(CASES))]


def matches(written: list[Rule]) -> list[list[bool]]:
    """Return for each rule whether it matches each case."""
    return [[each.holds(case) for case in CASES] for each in written]


@_UNHURRIED
@given(rules, rule())
def test_a_gap_is_reported_if_and_only_if_some_case_has_no_row(written: list[Rule], assumed: Rule) -> None:
    table = table_of(written, Hit.UNIQUE)
    explored = Explored(table, [expression(assumed.text, SCOPE, YesNo())], SCOPE)
    inside = [n for n, case in enumerate(CASES) if assumed.holds(case)]
    fired = firing(matches(written))
    gaps = list(explored.gaps())
    if inside:  # what nothing can meet is a fault of its own
        assert bool(gaps) == any(fired[n] < 0 for n in inside)


@_UNHURRIED
@given(rules)
def test_each_reported_gap_is_a_case_without_a_row(written: list[Rule]) -> None:
    table = table_of(written, Hit.UNIQUE)
    explored = Explored(table, [], SCOPE)
    unanswered = [case for case, row in zip(CASES, firing(matches(written)), strict=True) if row < 0]
    for gap in explored.gaps():
        shown = [case for case in unanswered if all(_agrees(case, name, value) for name, value in gap.words.items())]
        assert shown, gap.text


def _agrees(case: dict[str, object], name: str, value: str) -> bool:
    own = case[name]
    if isinstance(own, frozenset):
        members = set(value.removeprefix("not ").split(", "))
        return own.isdisjoint(members) if value.startswith("not ") else members <= own
    return value == {True: "yes", False: "no"}.get(own, own) if isinstance(own, bool) else value == str(own)


@_UNHURRIED
@given(rules, st.sampled_from([Hit.UNIQUE, Hit.FIRST]))
def test_rows_never_fire_if_and_only_if_no_case_reaches_them(written: list[Rule], hit: Hit) -> None:
    explored = Explored(table_of(written, hit), [], SCOPE)
    told = matches(written)
    reached = set(firing(told))
    impossible = {row.index - 1 for row, _ in explored.impossible()}
    assert impossible == {n for n, row in enumerate(told) if not any(row)}
    shadowed = {row.index - 1: {each.index - 1 for each in takers} for row, takers in explored.shadowed()}
    assert set(shadowed) == set(range(len(written))) - reached - impossible
    for row, takers in shadowed.items():
        assert all(any(told[each][n] for each in takers) for n in range(len(CASES)) if told[row][n])


@_UNHURRIED
@given(rules)
def test_two_rows_overlap_if_and_only_if_some_case_matches_both(written: list[Rule]) -> None:
    explored = Explored(table_of(written, Hit.UNIQUE), [], SCOPE)
    told = matches(written)
    expected = {}
    for one, other in combinations(range(len(written)), 2):
        if any(a and b for a, b in zip(told[one], told[other], strict=True)):
            only = any(a and not b for a, b in zip(told[one], told[other], strict=True))
            other_only = any(b and not a for a, b in zip(told[one], told[other], strict=True))
            expected[one, other] = Share.SOME if only and other_only else SHARE_OF_NESTED[only or other_only]
    found = {(each.first.index - 1, each.second.index - 1): each.share for each in explored.overlaps(every_pair)}
    assert found == expected


SHARE_OF_NESTED = {True: Share.ONE_WHOLLY, False: Share.ALL}


@_UNHURRIED
@given(rules)
def test_under_first_a_row_that_never_fires_overlaps_with_nothing(written: list[Rule]) -> None:
    explored = Explored(table_of(written, Hit.FIRST), [], SCOPE)
    reached = set(firing(matches(written)))
    for each in explored.overlaps(every_pair):
        assert {each.first.index - 1, each.second.index - 1} <= reached


@_UNHURRIED
@given(rules, st.sampled_from([Hit.UNIQUE, Hit.FIRST]))
def test_a_row_is_redundant_if_and_only_if_every_case_gets_the_same_without_it(written: list[Rule], hit: Hit) -> None:
    explored = Explored(table_of(written, hit), [], SCOPE)
    told = {row.index - 1: {each.index - 1 for each in takers} for row, takers in explored.redundant(_same)}
    assert told == redundant(written)


def _same(one: Row, other: Row) -> bool:
    return one.outputs["outcome"].text == other.outputs["outcome"].text


def redundant(written: list[Rule]) -> dict[int, set[int]]:
    """Return each row that fires and without which every case gets the same from later rows that fire; with those."""
    told = matches(written)
    fired = firing(told)
    found = {}
    for n, rule_ in enumerate(written):
        own = [case for case, row in enumerate(fired) if row == n]
        heirs = [next((m for m in range(n + 1, len(told)) if told[m][case]), -1) for case in own]
        if own and all(m >= 0 and m in fired and written[m].outcome == rule_.outcome for m in heirs):
            found[n] = set(heirs)
    return found


@_UNHURRIED
@given(rules)
def test_the_table_decides_as_python_does(written: list[Rule]) -> None:
    compiled = compile_table(table_of(written, Hit.FIRST), SCOPE)
    for case, expected in list(zip(CASES, firing(matches(written)), strict=True))[::7]:
        fired = compiled(case)
        assert (fired.row.index - 1 if fired.row else -1) == expected
