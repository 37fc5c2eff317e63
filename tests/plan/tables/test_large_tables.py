"""A table of 10,000 rules and 40 inputs: read, decided one case at a time and in columns, as row by row."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import numpy as np

from tantam.plan.tables.columns import Coded, decide_columns
from tantam.plan.tables.evaluate import compile_table
from tantam.plan.tables.form import Hit, Table, Wanted
from tantam.plan.tables.reader import read_table
from tantam.plan.tables.scope import Given, Scope
from tantam.plan.tables.table import build_table
from tantam.plan.tables.terms import build_scope
from tantam.plan.tables.types import Word
from tests.plan.tables.tables import HERE, type_of
from tests.support.proving import only_when_proving

pytestmark = only_when_proving

ROWS, INPUTS, SAMPLE = 10_000, 40, 60
WORDS = ("a", "b", "c", "d", "e")
TESTED = 4  # cells a row


@cache
def scope() -> Scope:
    kinds: list[tuple[str, Any]] = [("number", "0..99"), ("one_of", list(WORDS))]
    declared = [Given(f"t{place}", type_of(*kinds[place % 2]), HERE) for place in range(INPUTS)]
    return build_scope(declared, {}, "EUR")[0]


@cache
def table() -> Table:
    draw = Random(1)
    lines = [" | ".join(f"t{place}" for place in range(INPUTS)) + " => outcome"]
    for row in range(ROWS):
        cells = ["-"] * INPUTS
        for place in draw.sample(range(INPUTS), TESTED):
            low = draw.randint(0, 80)
            cells[place] = f"{low}..{low + 19}" if place % 2 == 0 else ", ".join(draw.sample(WORDS, 2))
        lines.append(" | ".join([*cells, f"o{row}"]))
    lines.append("otherwise | rest")
    text, wrong = read_table("\n".join(lines), HERE)
    assert text is not None and not wrong
    found, wrong = build_table(text, scope(), Wanted("t", {"outcome": Word()}, hit=Hit.FIRST))
    assert found is not None and not wrong
    return found


def cases(count: int, seed: int) -> list[dict[str, Any]]:
    draw = Random(seed)

    def value(place: int) -> Any:
        known = draw.randint(0, 99) if place % 2 == 0 else draw.choice(WORDS)
        return None if draw.random() < 0.002 else known

    return [{f"t{place}": value(place) for place in range(INPUTS)} for _ in range(count)]


def row_by_row(facts: dict[str, Any]) -> int:
    """Return the position of the row that fires, -1 while a fact is missing, read from the cells' own text."""
    for position, row in enumerate(table().rows):
        state: bool | None = True
        for place, condition in enumerate(row.conditions):
            if condition is None:
                continue
            value = facts[f"t{place}"]
            if value is None:
                state = None if state else state
            elif isinstance(value, str):
                state = state if value in condition.text.split(", ") else False
            else:
                low, high = map(int, condition.text.split(".."))
                state = state if low <= value <= high else False
            if state is False:
                break
        if state is not False:
            return position if state else -1
    raise AssertionError("otherwise always holds")


def test_ten_thousand_rules_of_forty_inputs_decide_one_case() -> None:
    compiled = compile_table(table(), scope())
    for facts in cases(SAMPLE, 2):
        expected = row_by_row(facts)
        assert compiled.index(facts) == expected
        fired = compiled(facts)
        assert (fired.row.index - 1 if fired.row else -1) == expected


def test_ten_thousand_rules_of_forty_inputs_decide_columns() -> None:
    many = cases(SAMPLE, 3)
    columns = {name: [facts[name] for facts in many] for name in many[0]}
    decided = decide_columns(table(), scope(), columns)
    assert decided.rows.tolist() == [row_by_row(facts) for facts in many]
    assert {-1} < set(decided.rows.tolist())


def test_narrow_numbers_decide_as_wide_ones() -> None:
    draw = np.random.default_rng(4)
    known = draw.random(3000) < 0.9
    numbers = draw.integers(0, 100, 3000)
    text, _ = read_table("t0 | t2 => outcome\n10..19 | <= 50 => a\n> 12.5 | - => b\n- | 90.. => c", HERE)
    assert text is not None
    small, _ = build_table(text, scope(), Wanted("t", {"outcome": Word()}, hit=Hit.FIRST))
    assert small is not None
    wide = {"t0": Coded(numbers, known, None), "t2": Coded(numbers[::-1], known, None)}
    expected = decide_columns(small, scope(), wide)
    for kind in (np.uint8, np.int8, np.int16, np.uint32):
        narrow = {name: Coded(each.numbers.astype(kind), each.known, None) for name, each in wide.items()}
        found = decide_columns(small, scope(), narrow)
        assert (found.rows == expected.rows).all() and (found.undecided == expected.undecided).all()
