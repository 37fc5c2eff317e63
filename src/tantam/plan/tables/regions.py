"""Turns a checked condition on one subject into a region of the subject's domain, where it is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tantam.plan.tables import nodes
from tantam.plan.tables.cells import (
    Interval,
    Members,
    Ordered,
    Region,
    Texts,
    Values,
    complement,
    intersect,
    union,
    whole,
)
from tantam.plan.tables.nodes import Element, Expr, Fact, Literal, children
from tantam.plan.tables.program import Program
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.steps import Env
from tantam.plan.tables.types import Type
from tantam.plan.tables.values import order_key


def constant_of(expr: Expr, scope: Scope) -> Any:
    """Return the value of an expression that speaks of no fact, None if it does."""
    if isinstance(expr, Literal):
        return expr.value
    stack: list[Expr] = [expr]
    while stack:
        each = stack.pop()
        if isinstance(each, Fact | Element | nodes.Name) or (isinstance(each, nodes.Call) and each.name == "deadline"):
            return None
        stack.extend(children(each))
    program = Program(scope)
    return program.step(expr)(Env(program, {}))


def region_of(expr: Expr, subject: Expr, scope: Scope) -> Region | None:
    """Return the set of subject values for which the condition holds, None if it depends on anything else."""
    match expr:
        case nodes.Not(operand=operand):
            inner = region_of(operand, subject, scope)
            outside = () if inner is None else complement(inner, subject.type)
            if inner is None or len(outside) > 1:
                return None
            return outside[0] if outside else _nothing(inner)
        case nodes.Either(parts=parts):
            return _combined([region_of(part, subject, scope) for part in parts], union)
        case nodes.Both(parts=parts):
            return _combined([region_of(part, subject, scope) for part in parts], intersect)
        case nodes.Compare(op=op, left=left, right=right) if left is subject:
            return _compared(op, constant_of(right, scope), subject.type)
        case nodes.Within(subject=tested, members=members) if tested is subject:
            return _combined([_equal(constant_of(member, scope), subject.type) for member in members], union)
        case nodes.Between(subject=tested) if tested is subject:
            return _between(expr, scope)
        case nodes.Has(subject=tested, value=value) if tested is subject:
            return _equal(constant_of(value, scope), subject.type)
        case _:
            return None


def _combined(regions: list[Region | None], joined: Callable[[Region, Region], Region | None]) -> Region | None:
    found = regions[0]
    for region in regions[1:]:
        if found is None or region is None:
            return None
        found = joined(found, region)
    return found


def _equal(value: Any, kind: Type) -> Region | None:
    """Return the region of one value; of a some_of, the sets that have it."""
    domain = whole(kind)
    if value is None:
        return None
    match domain:
        case Ordered():
            key = order_key(value)
            return Ordered((Interval(key, key),))
        case Values():
            return Values(frozenset({value}))
        case Texts():
            return Texts(frozenset({value}))
        case Members() if isinstance(value, str):
            return Members(frozenset({frozenset({value})}), frozenset())
        case _:
            return None


def _compared(op: str, value: Any, kind: Type) -> Region | None:
    equal = _equal(value, kind)
    if equal is None or isinstance(equal, Members) or op == "=":
        return None if isinstance(equal, Members) else equal
    if op == "!=":
        outside = complement(equal, kind)
        return outside[0] if outside else _nothing(equal)
    if not isinstance(equal, Ordered):
        return None
    key = order_key(value)
    below, above = Interval(None, key, False, op == "<"), Interval(key, None, op == ">", False)
    return Ordered((below if op[0] == "<" else above,))


def _between(expr: nodes.Between, scope: Scope) -> Region | None:
    bounds = [None if bound is None else constant_of(bound, scope) for bound in (expr.low, expr.high)]
    for bound, value in zip((expr.low, expr.high), bounds, strict=True):
        if bound is not None and value is None:
            return None
    low, high = (None if value is None else order_key(value) for value in bounds)
    interval = Interval(low, high, expr.low_open, expr.high_open)
    return Ordered(() if interval.empty else (interval,)) if isinstance(whole(expr.subject.type), Ordered) else None


def _nothing(like: Region) -> Region:
    match like:
        case Ordered():
            return Ordered(())
        case Values():
            return Values(frozenset())
        case Texts():
            return Texts(frozenset())
        case Members():
            return Members(frozenset({frozenset()}), frozenset())
