"""Writes and compiles the Python of a table's fast way: all facts known and given, one lookup a column."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tantam.plan.tables.masks import ByMembers, ByOrder, ByValue, Column, Lookup
from tantam.plan.tables.nodes import Expr, Fact
from tantam.plan.tables.types import Date, Duration, Money, Number, Type
from tantam.plan.tables.values import order_key

# Given the facts, the bits of the rows that hold; -1 where a fact is missing or has to be worked out.
Dispatch = Callable[[Mapping[str, Any]], int]
MISSING = -1


def dispatch(columns: Sequence[Column], everything: int) -> Dispatch | None:
    """Return the fast way, None where a column needs more than the value of one term.

    everything: the bits of all rows."""
    if any(column.predicates for column in columns):
        return None
    names: dict[str, Any] = {"bisect_left": bisect_left, "bisect_right": bisect_right, "order_key": order_key}
    lines = ["def rows_that_hold(facts):", "    get = facts.get"]
    used = [column for column in columns if column.lookup is not None]
    for number, column in enumerate(used):
        if not isinstance(column.expr, Fact):
            return None
        lines += _fetch(column.expr.path)
        assert column.lookup is not None
        found = _lookup(number, column.lookup, column.expr, names)
        lines.append(f"    mask {'&' if number else ''}= {found}")
    lines.append(f"    return mask & {everything}" if used else f"    return {everything}")
    # The source holds only names of this function, numbers and quoted names of terms.
    exec(compile("\n".join(lines), "<table>", "exec"), names)
    compiled: Dispatch = names["rows_that_hold"]
    return compiled


def _fetch(path: tuple[str, ...]) -> list[str]:
    lines = [f"    value = get({path[0]!r})", f"    if value is None: return {MISSING}"]
    for step in path[1:]:
        lines += [f"    value = value.get({step!r})", f"    if value is None: return {MISSING}"]
    return lines


def _lookup(number: int, lookup: Lookup, expr: Expr, names: dict[str, Any]) -> str:
    """Return the expression for the bits that `value` admits, and put what it needs into `names`."""
    match lookup:
        case ByValue(masks=masks, other=other):
            names[f"masks{number}"] = dict(masks)
            return f"masks{number}.get(value, {other})"
        case ByOrder(points=points, masks=by_order):
            names[f"points{number}"], names[f"masks{number}"] = points, by_order
            key, line = f"key{number}", _key(expr.type)
            places = f"bisect_left(points{number}, {key} := {line}) + bisect_right(points{number}, {key})"
            return f"masks{number}[{places}]"
        case ByMembers():
            names[f"admits{number}"] = lookup.of
            return f"admits{number}(value)"


def _key(kind: Type) -> str:
    """Return the source for values.order_key of a value whose type is known."""
    match kind:
        case Number():
            return "value"
        case Money():
            return "value.minor"
        case Duration():
            return "value.key"
        case Date():
            return "value.toordinal()"
        case _:
            return "order_key(value)"
