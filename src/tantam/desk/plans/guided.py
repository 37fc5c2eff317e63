"""Writes the overlay of a directive that many need: hours closed on a day, one time or amount changed for a while."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tantam.desk.common.errors import Refused
from tantam.desk.plans.running import RunningPlan
from tantam.plan.files import Scalar, at, walk
from tantam.plan.files.rows import Line, Rows, rows_of

VALUE = re.compile(
    r"(?<![\w.])\d[\d_]*(?:\.\d+)? ?(?:working days?|days?|weeks?|months?|years?|min|h|%|[A-Z]{3})(?!\w)"
)
INDENT = "  "


@dataclass(frozen=True, slots=True)
class Amount:
    """A time or amount in a table of the plan. key: what names it. where: the clause. text: as written. rows: how many.

    row: of a promise, whose rows differ in nothing else; "" where the value counts in every row that has it.
    """

    key: str
    where: str
    text: str
    row: str
    rows: int


def closing(plan: RunningPlan, hours: Iterable[str], day: date, because: str) -> str:
    """Return the overlay that closes hours of the plan on a day. Raises Refused for hours that it lacks, or none."""
    names = list(hours)
    if not names or not set(names) <= set(plan.plan.hours):
        raise Refused("directive_says_nothing")
    why = f"{{hours: closed, because: {json.dumps(because, ensure_ascii=False)}}}" if because else "closed"
    return "hours:\n" + "".join(f'{INDENT}{name}:\n{INDENT * 2}"{day.isoformat()}": {why}\n' for name in names)


def own_hours(plan: RunningPlan) -> tuple[str, ...]:
    """Return the names of the hours that a day can be closed in: not those made of others."""
    written = ((name, at(plan.plan.root, ("hours", name))) for name in plan.plan.hours)
    return tuple(name for name, node in written if node is not None and not _made_of_others(node))


def amounts(plan: RunningPlan) -> tuple[Amount, ...]:
    """Return the times and amounts that a directive may change, in the plan's order."""
    return tuple(amount for path, table in _tables(plan) for amount in _amounts(path, table))


def changing(plan: RunningPlan, key: str, text: str) -> str:
    """Return the overlay that says `text` where the plan says the amount. Raises Refused for one that it lacks."""
    for path, table in _tables(plan):
        for amount in _amounts(path, table):
            if amount.key == key and text.strip():
                return _overlay(path, table, amount, text.strip())
    raise Refused("directive_says_nothing")


def _tables(plan: RunningPlan) -> Iterator[tuple[tuple[str, ...], Rows]]:
    for path, node in walk(plan.plan.root):
        table = rows_of(node) if isinstance(node, Scalar) and path[0] in ("promises", "policies") else None
        if table is not None:
            yield tuple(map(str, path)), table


def _amounts(path: tuple[str, ...], table: Rows) -> Iterator[Amount]:
    where = ".".join(path)
    if path[0] == "promises":
        for line in filter(lambda each: each.name, table.lines):
            for text in dict.fromkeys(VALUE.findall(line.text)):
                yield Amount(f"{where}#{line.name}|{text}", where, text, line.name, 1)
        return
    found: dict[str, int] = {}
    for line in table.lines:
        for text in dict.fromkeys(VALUE.findall(line.text) if line.name else ()):
            found[text] = found.get(text, 0) + 1
    for text, rows in found.items():
        yield Amount(f"{where}|{text}", where, text, "", rows)


def _overlay(path: tuple[str, ...], table: Rows, amount: Amount, text: str) -> str:
    rows = [each for each in table.lines if each.name and amount.row in ("", each.name) and _has(each, amount)]
    lines = [table.head.text, *(_said(each, amount, text) for each in rows)]
    keys = "".join(f"{INDENT * depth}{key}:\n" for depth, key in enumerate(path[:-1]))
    margin = INDENT * len(path)
    return keys + f"{margin[2:]}{path[-1]}: |\n" + "".join(f"{margin}{each.strip()}\n" for each in lines)


def _has(line: Line, amount: Amount) -> bool:
    return amount.text in VALUE.findall(line.text)


def _said(line: Line, amount: Amount, text: str) -> str:
    return VALUE.sub(lambda found: text if found[0] == amount.text else found[0], line.text)


def _made_of_others(node: object) -> bool:
    return any(path[-1:] and path[-1] in ("rest_of", "any_of", "all_of") for path, _ in walk(node))  # type: ignore[arg-type]
