"""Reads the name of a type in an expression: `list<number>`, `context<a: date>`, `days and time duration`."""

from __future__ import annotations

from tantam.plan.dmn.feel.cursor import Cursor
from tantam.plan.dmn.feel.names import Names
from tantam.plan.dmn.feel.types import (
    ANYTHING,
    BASIC,
    Basic,
    ContextType,
    Defined,
    FunctionType,
    ListType,
    RangeType,
    Type,
)  # fmt: skip
from tantam.plan.dmn.feel.values import CONTEXT, FUNCTION, LIST, RANGE

NAMES = Names(BASIC)


def type_called(name: str) -> Type:
    """Return the type that a `typeRef` names; "" is Any."""
    short = name.removeprefix("feel:").strip()
    basic = BASIC.get(short)
    if basic == LIST:
        return ListType(ANYTHING)
    return Basic(basic) if basic else Defined(short) if short else ANYTHING


def type_asked(cursor: Cursor) -> Type:
    """Read the type behind `instance of`: a list, context, range or function must say of what, or it is none."""
    name, count = NAMES.match(cursor.tokens, cursor.at)
    if BASIC.get(name) in (LIST, RANGE, CONTEXT, FUNCTION) and not cursor.is_("<", ahead=count):
        cursor.at += count
        return Defined(name)
    return read_type(cursor)


def read_type(cursor: Cursor) -> Type:
    """Read a type where the cursor stands. Raises Trouble."""
    with cursor.deeper():
        name, count = NAMES.match(cursor.tokens, cursor.at)
        if not count:
            return Defined(_path(cursor))
        cursor.at += count
        kind = BASIC[name]
        if kind in (LIST, RANGE) and cursor.take("<"):
            of = read_type(cursor)
            cursor.expect(">")
            return ListType(of) if kind == LIST else RangeType(of)
        if kind == CONTEXT and cursor.take("<"):
            return _context(cursor)
        if kind == FUNCTION and cursor.take("<"):
            return _function(cursor)
        return type_called(name)


def _path(cursor: Cursor) -> str:
    name = cursor.loose_name()
    while cursor.take("."):
        name += "." + cursor.loose_name()
    return name


def _context(cursor: Cursor) -> Type:
    fields = {}
    while True:
        name = cursor.declared(":")
        cursor.expect(":")
        fields[name] = read_type(cursor)
        if not cursor.take(","):
            break
    cursor.expect(">")
    return ContextType(fields)


def _function(cursor: Cursor) -> Type:
    params = []
    while not cursor.is_(">"):
        params.append(read_type(cursor))
        if not cursor.take(","):
            break
    cursor.expect(">")
    cursor.expect("->")
    return FunctionType(tuple(params), read_type(cursor))
