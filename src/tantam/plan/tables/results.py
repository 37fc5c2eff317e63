"""Reads a result cell by the type of its column: words as they stand, values as expressions."""

from __future__ import annotations

import re

from tantam.plan.errors import Finding
from tantam.plan.tables.checking import check
from tantam.plan.tables.expressions import parse_result
from tantam.plan.tables.findings import unknown
from tantam.plan.tables.nodes import Expr, Literal, Name
from tantam.plan.tables.reader import Cell
from tantam.plan.tables.regions import constant_of
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.types import Broken, OneOf, SomeOf, Text, Type, Word, Words

JOINED = re.compile(r"\s*[+,]\s*")


def read_result(cell: Cell, kind: Type, scope: Scope) -> tuple[Expr | None, list[Finding]]:
    """Return the checked expression of a result, or findings. kind: what its column holds."""
    match kind:
        case Word():
            return Literal(_bare(cell.text), cell.place, kind), []
        case Words():
            words = tuple(_bare(word) for word in JOINED.split(cell.text) if word)
            return Literal(words, cell.place, kind), []
        case SomeOf(values=values):
            return _some(cell, values, kind)
        case Text():
            return _text(cell, scope)
        case Broken():
            return None, []
        case _:
            return _value(cell, kind, scope)


def _value(cell: Cell, kind: Type, scope: Scope) -> tuple[Expr | None, list[Finding]]:
    tree, findings = parse_result(cell.text, cell.place)
    if tree is None:
        return None, findings
    tree, findings = check(tree, scope, kind)
    if findings:
        return None, findings
    value = constant_of(tree, scope)
    return tree if value is None or isinstance(tree, Literal) else Literal(value, cell.place, tree.type), []


def _text(cell: Cell, scope: Scope) -> tuple[Expr | None, list[Finding]]:
    """Return a text term of that name, else the cell's words."""
    tree, _ = parse_result(cell.text, cell.place)
    if isinstance(tree, Name) and tree.path[0] in scope.terms:
        named, findings = check(tree, scope)
        if not findings and isinstance(named.type, Text | OneOf):
            return named, []
    return Literal(_bare(cell.text), cell.place, Text()), []


def _some(cell: Cell, values: tuple[str, ...], kind: Type) -> tuple[Expr | None, list[Finding]]:
    words = [_bare(word) for word in JOINED.split(cell.text) if word]
    wrong = [unknown("T08", cell.place, word, values) for word in words if word not in values]
    return (None, wrong) if wrong else (Literal(frozenset(words), cell.place, kind), [])


def _bare(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "'\""
    return text[1:-1].replace("''", "'") if quoted else text
