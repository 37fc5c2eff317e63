"""What is found by boxes is what is found case by case: gaps, overlaps, idle rows, with and without assumptions."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.plan.checks.explored import explore
from tantam.plan.checks.gridded import Gridded
from tantam.plan.checks.questions import Share
from tantam.plan.errors import Place
from tantam.plan.tables.form import Hit, Table, Wanted
from tantam.plan.tables.reader import read_table
from tantam.plan.tables.table import build_table
from tantam.plan.tables.types import Number, OneOf, Text, Type, Word, YesNo
from tests.plan.checks.small_tables import expression, scope_of
from tests.support.proving import examples

HERE = Place("plan.yaml", 1, 1)
TYPES: dict[str, Type] = {
    "a": OneOf(("x", "y", "z")),
    "b": YesNo(),
    "n": Number(low=0, high=5, whole=True),
    "m": Number(low=0, high=5),
    "t": Text(),
}
SCOPE = scope_of(TYPES, {})
# `m` is compared with halves: then a half counts, and what lies between two of them.
DOMAIN = [("x", "y", "z"), (False, True), range(6), [quarter / 4 for quarter in range(21)], ("p", "q", "other")]
CASES = [dict(zip(TYPES, case, strict=True)) for case in product(*DOMAIN)]

_bounds = st.integers(0, 5).map(str)
_halves = st.sampled_from(["0.5", "1.5", "2.5", "3", "4"])


def _ordered(bounds: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    compared = st.tuples(st.sampled_from(["<=", "<", ">", ">=", "!=", ""]), bounds).map(" ".join)
    pairs = st.tuples(bounds, bounds).map(lambda two: sorted(two, key=float))
    spans = pairs.map(lambda two: f"[{two[0]}..{two[1]}]")
    either = st.tuples(compared, compared).map(", ".join)
    return st.one_of(st.just("-"), compared, spans, either)


CELLS = {
    "a": st.sampled_from(["-", "x", "y, z", "not x", "x, y"]),
    "b": st.sampled_from(["-", "-", "yes", "no"]),
    "n": _ordered(_bounds),
    "m": _ordered(_halves),
    "t": st.sampled_from(["-", "'p'", "'p', 'q'", "!= 'q'"]),
}


def _tested(cell: str, value: object) -> bool:
    """Return whether a value meets a cell, read anew from its text."""
    if cell == "-":
        return True
    if cell.startswith("not "):
        return not _tested(cell[4:], value)
    if cell.startswith("[") and isinstance(value, int | float):
        low, high = map(float, cell[1:-1].split(".."))
        return low <= value <= high
    return any(_one(part.strip(), value) for part in cell.split(","))


def _one(part: str, value: object) -> bool:
    if isinstance(value, bool):
        return value == (part == "yes")
    if isinstance(value, str):
        return (value != part[3:].strip("'")) if part.startswith("!=") else value == part.strip("'")
    sign, _, bound = part.rpartition(" ")
    assert isinstance(value, int | float)
    number = float(bound)
    told = {"<=": value <= number, "<": value < number, ">": value > number, ">=": value >= number}
    return {"!=": value != number, "": value == number, **told}[sign.strip()]


@st.composite
def grids(draw: st.DrawFn) -> tuple[Table, list[list[bool]]]:
    """A random grid and for each of its rows which of the cases it matches."""
    names = draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=4, unique=True))
    rows = draw(st.lists(st.tuples(*(CELLS[name] for name in names)), min_size=1, max_size=7))
    lines = [" | ".join(names) + " => outcome", *(" | ".join(row) + f" => o{n}" for n, row in enumerate(rows))]
    text, _ = read_table("\n".join(lines), HERE)
    assert text is not None
    hit = draw(st.sampled_from([Hit.UNIQUE, Hit.FIRST]))
    table, wrong = build_table(text, SCOPE, Wanted("t", {"outcome": Word()}, hit=hit))
    assert table is not None, [each.sentence() for each in wrong]
    told = [[all(_tested(cell, case[name]) for name, cell in zip(names, row)) for case in CASES] for row in rows]
    return table, told


ASSUMED = {
    "": lambda case: True,
    "n <= 3": lambda case: case["n"] <= 3,
    "n != 2": lambda case: case["n"] != 2,
    "a in [x, y]": lambda case: case["a"] in ("x", "y"),
    "b": lambda case: case["b"],
}


@settings(max_examples=examples(150), deadline=None)
@given(grids(), st.sampled_from(sorted(ASSUMED)))
def test_boxes_find_what_every_case_shows(written: tuple[Table, list[list[bool]]], assumed: str) -> None:
    table, told = written
    asked = {column.name for column in table.inputs}
    if assumed and not asked & {word for word in assumed.split() if word in TYPES}:
        assumed = ""
    expressions = [expression(assumed, SCOPE, YesNo())] if assumed else []
    searched = explore(table, expressions, SCOPE)
    assert isinstance(searched, Gridded)
    # Without a comparison with a half, only whole numbers are meant.
    halves = any(".5" in (cell.text if cell else "") for row in table.rows for cell in row.conditions)
    inside = [n for n, case in enumerate(CASES) if ASSUMED[assumed](case) and (halves or float(case["m"]).is_integer())]
    firing = [next((row for row, holds in enumerate(told) if holds[n]), -1) for n in inside]
    assert bool(list(searched.gaps())) == (-1 in firing)
    impossible = {row.index - 1 for row, _ in searched.impossible()}
    assert impossible == {row for row, holds in enumerate(told) if not any(holds[n] for n in inside)}
    shadowed = {row.index - 1: {each.index - 1 for each in takers} for row, takers in searched.shadowed()}
    assert set(shadowed) == set(range(len(told))) - set(firing) - impossible
    for row, takers in shadowed.items():
        assert all(any(told[each][n] for each in takers) for n in inside if told[row][n])
    if table.hit is Hit.UNIQUE:
        found = {
            (each.first.index - 1, each.second.index - 1): each.share for each in searched.overlaps(lambda *_: True)
        }
        assert found == _overlaps(told, inside)


def _overlaps(told: list[list[bool]], inside: list[int]) -> dict[tuple[int, int], Share]:
    found = {}
    for one, other in combinations(range(len(told)), 2):
        if any(told[one][n] and told[other][n] for n in inside):
            first = any(told[one][n] and not told[other][n] for n in inside)
            second = any(told[other][n] and not told[one][n] for n in inside)
            found[one, other] = Share.SOME if first and second else Share.ONE_WHOLLY if first or second else Share.ALL
    return found


@settings(max_examples=examples(100), deadline=None)
@given(grids())
def test_under_first_boxes_find_the_pairs_that_a_case_reaches(written: tuple[Table, list[list[bool]]]) -> None:
    table, told = written
    if table.hit is not Hit.FIRST or any(column.name == "m" for column in table.inputs):
        return
    found = {
        (each.first.index - 1, each.second.index - 1) for each in explore(table, [], SCOPE).overlaps(lambda *_: True)
    }
    reached = {next((row for row, holds in enumerate(told) if holds[n]), -1) for n in range(len(CASES))}
    expected = {
        (one, other)
        for one, other in combinations(range(len(told)), 2)
        if {one, other} <= reached
        and any(told[one][n] and told[other][n] and not any(row[n] for row in told[:one]) for n in range(len(CASES)))
    }
    assert found == expected


@settings(max_examples=examples(150), deadline=None)
@given(grids())
def test_a_row_is_redundant_if_and_only_if_later_ones_that_give_the_same_take_its_cases(
    written: tuple[Table, list[list[bool]]],
) -> None:
    table, told = written
    halves = any(".5" in (cell.text if cell else "") for row in table.rows for cell in row.conditions)
    inside = [n for n, case in enumerate(CASES) if halves or float(case["m"]).is_integer()]
    fired = {n: next((row for row, holds in enumerate(told) if holds[n]), -1) for n in inside}
    expected = {}
    for row in set(fired.values()) - {-1}:
        own = [n for n in inside if fired[n] == row]
        heirs = {next((m for m in range(row + 1, len(told)) if told[m][n]), -1) for n in own}
        if all(m >= 0 and m in fired.values() and m % 2 == row % 2 for m in heirs):
            expected[row] = heirs
    found = explore(table, [], SCOPE).redundant(lambda one, other: one.index % 2 == other.index % 2)
    assert {row.index - 1: {each.index - 1 for each in takers} for row, takers in found} == expected


@settings(max_examples=examples(100), deadline=None)
@given(grids())
def test_a_gap_told_as_a_box_is_one_case_at_least_without_a_row(written: tuple[Table, list[list[bool]]]) -> None:
    table, told = written
    unanswered = [case for n, case in enumerate(CASES) if not any(holds[n] for holds in told)]
    for gap in explore(table, [], SCOPE).gaps():
        assert any(all(_shown(case[name], text) for name, text in gap.words.items()) for case in unanswered), gap


def _shown(value: object, text: str) -> bool:
    if isinstance(value, str):
        return value == text.strip("'") or (text == "…" and value == "other")
    return value == (text == "yes") if isinstance(value, bool) else float(text) == value
