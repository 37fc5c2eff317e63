"""Whatever decides a table decides it as the plain evaluator does."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.plan.tables.cells import contains
from tantam.plan.tables.columns import decide_columns
from tantam.plan.tables.evaluate import compile_table
from tantam.plan.tables.form import Table
from tantam.plan.tables.nodes import Fact
from tantam.plan.tables.steps import Env
from tantam.plan.tables.values import Amount
from tests.plan.tables import naive
from tests.plan.tables.tables import cases, random_scope, table_of, tables
from tests.support.proving import examples

SCOPE = random_scope()


@settings(max_examples=examples(300), deadline=None)
@given(tables(), cases())
def test_compiled_table_decides_as_the_plain_one(table: Table, facts: dict[str, Any]) -> None:
    compiled = compile_table(table, SCOPE)
    fired = compiled(facts)
    rows, undecided = naive.decide(table, facts)
    assert list(fired.rows) == [table.rows[position] for position in rows]
    assert bool(fired.unknown) == (undecided >= 0)
    if undecided >= 0:
        assert facts[fired.unknown] is None
    first_only = table.hit.single
    assert compiled.index(facts) == (rows[0] if rows and (first_only or undecided < 0) else -1)


@settings(max_examples=examples(150), deadline=None)
@given(tables(), st.lists(cases(), min_size=1, max_size=12))
def test_columns_decide_as_the_plain_evaluator(table: Table, many: list[dict[str, Any]]) -> None:
    decided = decide_columns(table, SCOPE, {name: [each[name] for each in many] for name in many[0]})
    for number, facts in enumerate(many):
        rows, undecided = naive.decide(table, facts)
        assert decided.undecided[number] == (undecided >= 0)
        assert decided.rows[number] == (rows[0] if rows and undecided < 0 else -1)
        if undecided < 0:
            assert decided.overlaps[number] == max(len(rows) - 1, 0)
        sure = [position for position, row in enumerate(table.rows) if not row.otherwise and naive.holds(row, facts)]
        assert [p for p in range(len(table.rows)) if decided.holding(p)[number]] == sure


@settings(max_examples=examples(150), deadline=None)
@given(tables(), cases())
def test_answer_stays_when_only_what_it_rests_on_is_known(table: Table, facts: dict[str, Any]) -> None:
    compiled = compile_table(table, SCOPE)
    fired = compiled(facts)
    if not fired.unknown:
        again = compiled({name: facts[name] for name in fired.used})
        assert [row.name for row in again.rows[:1]] == [row.name for row in fired.rows[:1]]
        assert not again.unknown


@settings(max_examples=examples(300), deadline=None)
@given(tables(), cases())
def test_bits_name_the_terms_that_a_walk_over_the_conditions_names(table: Table, facts: dict[str, Any]) -> None:
    compiled = compile_table(table, SCOPE)
    assert compiled(facts).used == compiled.used(Env(compiled.program, facts))


@settings(max_examples=examples(300), deadline=None)
@given(tables(), cases())
def test_ruling_is_what_a_walk_over_the_rows_finds_or_nothing(table: Table, facts: dict[str, Any]) -> None:
    compiled = compile_table(table, SCOPE)
    ruling, walked = compiled.ruling(facts), compiled.decide(Env(compiled.program, facts))
    if ruling is not None:
        assert (ruling.row, ruling.outputs) == (walked.row, walked.outputs)
    else:
        assert walked.row is None or walked.unknown or walked.missing or not table.hit.single


@settings(max_examples=examples(300), deadline=None)
@given(tables(), cases())
def test_the_fast_way_answers_all_that_a_walk_over_the_rows_does(table: Table, facts: dict[str, Any]) -> None:
    compiled = compile_table(table, SCOPE)
    fast, walked = compiled(facts), compiled.decide(Env(compiled.program, facts))
    assert (fast.row, fast.rows, fast.outputs, fast.results) == (
        walked.row,
        walked.rows,
        walked.outputs,
        walked.results,
    )
    assert (fast.unknown, fast.missing, fast.used) == (walked.unknown, walked.missing, walked.used)


@settings(max_examples=examples(150), deadline=None)
@given(tables(), cases())
def test_region_of_a_cell_is_what_its_condition_holds_for(table: Table, facts: dict[str, Any]) -> None:
    for row in table.rows:
        for column, condition in zip(table.inputs, row.conditions, strict=True):
            if condition is None or condition.region is None or not isinstance(column.expr, Fact):
                continue
            given_value = facts[column.expr.path[0]]
            if given_value is not None and not getattr(given_value, "since", None):
                assert contains(condition.region, given_value) == naive.value(condition.expr, facts)


def test_columns_of_many_cases_and_many_rows_decide_as_the_compiled_table() -> None:
    rows = [f"{low}..{low + 1} | <= {low % 7}.50 EUR => o{low}" for low in range(100)]
    table = table_of("\n".join(["tries | paid => outcome", *rows, "otherwise => rest"]), SCOPE)
    many = [
        {"tries": None if number % 31 == 0 else number % 103, "paid": Amount(number % 797, "EUR")}
        for number in range(3000)
    ]
    compiled = compile_table(table, SCOPE)
    columns = {name: [case[name] for case in many] for name in ("tries", "paid")}
    decided = decide_columns(table, SCOPE, columns)
    assert decided.rows.tolist() == [compiled.index(case) for case in many]
    coded = {"tries": columns["tries"], "paid": np.array([case["paid"].minor for case in many])}
    assert decide_columns(table, SCOPE, coded).rows.tolist() == decided.rows.tolist()


def test_more_cases_than_are_worked_on_at_a_time_are_all_decided_where_they_stand() -> None:
    table = table_of("fault | tries => outcome\nours | < 3 | a\nours | > 1 | b\nnone | - | c")
    few = {"fault": ["ours", "ours", "ours", "none", "customer", None], "tries": [0, 2, 5, None, 1, 0]}
    times = 12_000
    once = decide_columns(table, SCOPE, few)
    many = decide_columns(table, SCOPE, {name: values * times for name, values in few.items()})
    assert many.rows.tolist() == once.rows.tolist() * times
    assert many.overlaps.tolist() == once.overlaps.tolist() * times
    assert many.undecided.tolist() == once.undecided.tolist() * times
