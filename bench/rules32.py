"""The table that decisions are measured on: 8 inputs, 32 rows, the first that holds; cases whose mean hit is row 21."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tantam.plan.errors import Place
from tantam.plan.tables.domains import read_type
from tantam.plan.tables.form import Hit, Table, Wanted
from tantam.plan.tables.plain import read_facts
from tantam.plan.tables.reader import read_table
from tantam.plan.tables.scope import Declared, Given, Scope
from tantam.plan.tables.table import build_table
from tantam.plan.tables.terms import build_scope
from tantam.plan.tables.types import Number, Word

SEED = 16
HERE = Place("rules32.txt", 1, 1)
VALUES = {
    "fault": ("ours", "transport", "customer", "none"),
    "reason": ("broken", "wrong", "late", "missing", "regret"),
    "channel": ("shop", "web", "phone", "partner"),
    "level": ("plain", "silver", "gold"),
}
# From, up to and without: whole days, euros and pieces.
NUMBERS = {"owned": (0, 1001), "price": (1, 1501), "pieces": (1, 21)}
YES_NO = ("opened",)
INPUTS = ("fault", "reason", "channel", "level", "owned", "price", "pieces", "opened")
OUTCOMES = ("replace", "repair", "refund", "voucher", "inspect", "decline", "swap", "estimate")
TEXT = (Path(__file__).parent / "rules32.txt").read_text(encoding="utf-8")

Case = dict[str, Any]  # by input: a word, a whole number of days, euros or pieces, or a truth


@cache
def scope() -> Scope:
    """Return the typed inputs: four lists of words, an age in days, an amount in EUR, a count, a yes or no."""
    kinds: dict[str, tuple[str, Any]] = {name: ("one_of", list(words)) for name, words in VALUES.items()}
    kinds |= {"owned": ("duration", "0 days.."), "price": ("money", "0.."), "pieces": ("number", "1..")}
    kinds |= dict.fromkeys(YES_NO, ("yes_no", "any"))
    declared: list[Declared] = []
    for name in INPUTS:
        kind, wrong = read_type(*kinds[name], HERE, records={}, currency="EUR")
        assert kind is not None and not wrong, wrong
        declared.append(Given(name, kind, HERE))
    found, wrong = build_scope(declared, {}, "EUR")
    assert not wrong, wrong
    return found


@cache
def table() -> Table:
    """Return the typed table, hit first; outputs: outcome, a word, and share, a number of percent."""
    text, wrong = read_table(TEXT, HERE)
    assert text is not None and not wrong, wrong
    wanted = Wanted("policies.measured.decides", {"outcome": Word(), "share": Number()}, hit=Hit.FIRST)
    found, wrong = build_table(text, scope(), wanted)
    assert found is not None and not wrong, wrong
    return found


def columns(n: int) -> dict[str, NDArray[np.int64]]:
    """Return `n` seeded random cases as columns: the place of a word in VALUES, whole numbers, 0 or 1."""
    random = np.random.default_rng(SEED)
    bounds = {name: (0, len(words)) for name, words in VALUES.items()} | NUMBERS | dict.fromkeys(YES_NO, (0, 2))
    return {name: random.integers(*bounds[name], size=n) for name in INPUTS}


def cases(n: int) -> list[Case]:
    """Return the same cases one by one, as plain values that every rival takes."""
    numbers = columns(n)
    plain: dict[str, Sequence[Any]] = {
        name: [words[code] for code in numbers[name].tolist()] for name, words in VALUES.items()
    }
    plain |= {name: numbers[name].tolist() for name in NUMBERS}
    plain |= {name: numbers[name].astype(bool).tolist() for name in YES_NO}
    return [dict(zip(INPUTS, values, strict=True)) for values in zip(*(plain[name] for name in INPUTS), strict=True)]


def typed(case: Mapping[str, Any]) -> dict[str, Any]:
    """Return a case's values in the types of the scope, as our tables take them."""
    return read_facts({**case, "owned": f"{case['owned']} days", "price": f"{case['price']} EUR"}, scope())


@cache
def rules() -> list[tuple[str, dict[str, str], dict[str, str]]]:
    """Return each row's name, its cells by input and its results, without units, for the rivals' own languages."""
    head, *lines = (re.split(r" *(?:\||=>) *", line.strip()) for line in TEXT.splitlines())
    found = []
    for name, *cells in lines:
        bare = [re.sub(r"_| days\b| EUR\b", "", cell) for cell in cells]
        both = dict(zip(head[1:], bare, strict=True))
        found.append((name, {each: both[each] for each in INPUTS}, {each: both[each] for each in ("outcome", "share")}))
    return found


def first_row(case: Mapping[str, Any]) -> int:
    """Return the number of the row that fires, from 1, read straight from the text: what all answers are held to."""
    return next(
        number
        for number, (_, cells, _) in enumerate(rules(), 1)
        if all(holds(case[name], cell) for name, cell in cells.items())
    )


def holds(value: Any, cell: str) -> bool:
    """Return whether a plain value meets the text of a cell without units."""
    if cell == "-":
        return True
    if isinstance(value, bool):
        return value == (cell == "yes")
    if isinstance(value, str):
        return value in cell.split(", ")
    if ".." in cell:
        low, high = map(int, cell.split(".."))
        return low <= value <= high
    sign, _, bound = cell.rpartition(" ")
    compare = {"": value == int(bound), "<=": value <= int(bound), ">=": value >= int(bound), ">": value > int(bound)}
    return compare[sign]
