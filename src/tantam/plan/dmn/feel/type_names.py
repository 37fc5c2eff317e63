"""Reads the name of a type in an expression: `list<number>`, `context<a: date>`, `days and time duration`."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from tantam.plan.dmn.feel.parser import Parser

NAMES = Names(BASIC)


def type_called(name: str) -> Type:
    """Return the type that a `typeRef` names; "" is Any."""
    short = name.removeprefix("feel:").strip()
    basic = BASIC.get(short)
    if basic == LIST:
        return ListType(ANYTHING)
    return Basic(basic) if basic else Defined(short) if short else ANYTHING


def read_type(parser: Parser) -> Type:
    """Read a type where the parser stands. Raises Trouble."""
    with parser.deeper():
        name, count = NAMES.match(parser.tokens, parser.at)
        if not count:
            return Defined(_path(parser))
        parser.at += count
        kind = BASIC[name]
        if kind in (LIST, RANGE) and parser.take("<"):
            of = read_type(parser)
            parser.expect(">")
            return ListType(of) if kind == LIST else RangeType(of)
        if kind == CONTEXT and parser.take("<"):
            return _context(parser)
        if kind == FUNCTION and parser.take("<"):
            return _function(parser)
        return type_called(name)


def _path(parser: Parser) -> str:
    name = parser.loose_name()
    while parser.take("."):
        name += "." + parser.loose_name()
    return name


def _context(parser: Parser) -> Type:
    fields = {}
    while True:
        name = parser.declared(":")
        parser.expect(":")
        fields[name] = read_type(parser)
        if not parser.take(","):
            break
    parser.expect(">")
    return ContextType(fields)


def _function(parser: Parser) -> Type:
    params = []
    while not parser.is_(">"):
        params.append(read_type(parser))
        if not parser.take(","):
            break
    parser.expect(">")
    parser.expect("->")
    return FunctionType(tuple(params), read_type(parser))
