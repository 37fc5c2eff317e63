"""A plain evaluator of checked conditions, row by row: the oracle that the fast readers of a table must equal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.plan.tables import nodes
from tantam.plan.tables.form import Row, Table
from tantam.plan.tables.values import Span


def value(expr: nodes.Expr, facts: Mapping[str, Any]) -> Any:
    """Return the value of the expression, None if unknown."""
    match expr:
        case nodes.Literal():
            return expr.value
        case nodes.Fact(path=(name,)):
            return facts.get(name)
        case nodes.Not(operand=operand):
            inner = value(operand, facts)
            return None if inner is None else not inner
        case nodes.Both(parts=parts):
            found = [value(part, facts) for part in parts]
            return False if False in found else None if None in found else True
        case nodes.Either(parts=parts):
            found = [value(part, facts) for part in parts]
            return True if True in found else None if None in found else False
        case nodes.Compare(op=op, left=left, right=right):
            return compared(op, value(left, facts), value(right, facts))
        case nodes.Within(subject=subject, members=members):
            given = value(subject, facts)
            if given is None:
                return None
            named = [value(member, facts) for member in members]
            same = [each in given if isinstance(given, frozenset) else compared("=", given, each) for each in named]
            return True if True in same else None if None in same else False
        case nodes.Has(subject=subject, value=member):
            given = value(subject, facts)
            return None if given is None else value(member, facts) in given
        case nodes.Between():
            return between(expr, facts)
        case nodes.Arithmetic(op="+", left=left, right=right):
            one, two = value(left, facts), value(right, facts)
            return None if one is None or two is None else one + two
    raise AssertionError(f"the oracle does not know {expr!r}")


def compared(op: str, left: Any, right: Any) -> bool | None:
    if left is None or right is None:
        return None
    if isinstance(left, Span) and isinstance(right, Span):
        left, right = days(left, right), days(right, left)
    match op:
        case "=":
            return bool(left == right)
        case "!=":
            return bool(left != right)
        case "<":
            return bool(left < right)
        case "<=":
            return bool(left <= right)
        case ">":
            return bool(left > right)
    return bool(left >= right)


def days(span: Span, other: Span) -> int:
    if other.since and span.months:
        return span.days_from(other.since)
    return span.key


def between(expr: nodes.Between, facts: Mapping[str, Any]) -> bool | None:
    given = value(expr.subject, facts)
    if given is None:
        return None
    low = expr.low is None or compared(">" if expr.low_open else ">=", given, value(expr.low, facts))
    high = expr.high is None or compared("<" if expr.high_open else "<=", given, value(expr.high, facts))
    return False if low is False or high is False else None if low is None or high is None else True


def holds(row: Row, facts: Mapping[str, Any]) -> bool | None:
    found = [True if each is None else value(each.expr, facts) for each in row.conditions]
    return False if False in found else None if None in found else True


def decide(table: Table, facts: Mapping[str, Any]) -> tuple[list[int], int]:
    """Return the positions of the rows that fire, and of the row that a missing fact leaves open (-1 if none)."""
    sure: list[int] = []
    undecided: list[int] = []
    for position, row in enumerate(table.rows):
        state = None if row.otherwise else holds(row, facts)
        if row.otherwise or state is False:
            continue
        (sure if state else undecided).append(position)
    if table.hit.single:
        if undecided and (not sure or undecided[0] < sure[0]):
            return [], undecided[0]
        undecided = []
    if sure or undecided:
        return sure, undecided[0] if undecided else -1
    return [position for position, row in enumerate(table.rows) if row.otherwise], -1
