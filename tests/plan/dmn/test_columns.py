"""A column answers by its bit sets exactly as its cells do one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.plan.dmn.columns import column_of
from tantam.plan.dmn.feel.frames import Frame, Run
from tantam.plan.dmn.feel.functions import BUILTINS
from tantam.plan.dmn.feel.names import Names
from tantam.plan.dmn.feel.parser import read_tests
from tests.plan.dmn.models import NOW

NUMBERS = st.sampled_from(["-1", "0", "0.5", "1", "2", "3.0", "x"])
DAYS = st.sampled_from(['date("2026-01-01")', '@"2026-01-02"', 'date("2026-02-29")', "x"])
ENDS = st.one_of(NUMBERS, DAYS)
SINGLE = st.one_of(
    ENDS,
    st.sampled_from(['"a"', '"b"', "true", "false", "null", '> "a"']),
    st.tuples(st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), ENDS).map(" ".join),
    st.tuples(st.sampled_from("[(]"), NUMBERS, NUMBERS, st.sampled_from("])[")).map(
        lambda each: f"{each[0]}{each[1]}..{each[2]}{each[3]}"
    ),
)
LISTS = st.lists(SINGLE, min_size=1, max_size=3).map(", ".join)
CELLS = st.lists(st.one_of(st.just("-"), LISTS, LISTS.map(lambda each: f"not({each})")), min_size=1, max_size=6)
VALUES = st.one_of(
    st.sampled_from([None, True, False, "a", "b", "c", [Decimal(1)], date(2026, 1, 1), date(2026, 1, 2)]),
    st.sampled_from([Decimal(each) for each in ("-1", "0", "0.25", "0.5", "1", "1.0", "2.5", "3", "9")]),
)


@settings(max_examples=400, deadline=None)
@given(CELLS, VALUES, VALUES)
def test_bit_sets_and_steps_agree(cells: list[str], value: Any, x: Any) -> None:
    names = Names(["v", "x"])
    column = column_of(lambda frame: frame.value("v"), [read_tests(each, names) for each in cells])
    run = Run(NOW, {})
    frame = Frame({"v": value, "x": x}, Frame(BUILTINS, None, run), run)
    everything = (1 << len(cells)) - 1
    assert column.admits(frame, everything) == replace(column, lookup=None).admits(frame, everything)
