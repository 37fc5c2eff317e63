"""Writes a checked expression as the plan would: the same text for the same meaning, whatever its place."""

from __future__ import annotations

import re
from fractions import Fraction

from tantam.plan.tables.nodes import (
    Arithmetic,
    Between,
    Both,
    Bounds,
    Call,
    Compare,
    Either,
    Element,
    Expr,
    Fact,
    Has,
    Literal,
    Name,
    Negative,
    Not,
    Repeat,
    Within,
)
from tantam.plan.tables.values import Amount, number_text


def shown(expr: Expr | None) -> str:
    """Return the expression's text; "" for a missing bound."""
    match expr:
        case None:
            return ""
        case Literal(value=value):
            return value_text(value)
        case Name(path=path) | Fact(path=path) | Element(path=path):
            return ".".join(path) or "item"
        case Not(operand=operand):
            return f"not {_inner(operand)}"
        case Negative(operand=operand):
            return f"-{_inner(operand)}"
        case Both(parts=parts):
            return " and ".join(_inner(part) for part in parts)
        case Either(parts=parts):
            return " or ".join(_inner(part) for part in parts)
        case Compare(op=op, left=left, right=right) | Arithmetic(op=op, left=left, right=right):
            return f"{_inner(left)} {op} {_inner(right)}"
        case Within(subject=subject, members=members):
            return f"{_inner(subject)} in [{', '.join(shown(each) for each in members)}]"
        case Between(subject=subject, low=low, high=high):
            opens, closes = "(" if expr.low_open else "[", ")" if expr.high_open else "]"
            return f"{_inner(subject)} in {opens}{shown(low)}..{shown(high)}{closes}"
        case Has(subject=subject, value=value):
            return f"{_inner(subject)} has {shown(value)}"
        case Call(name=name, args=args):
            return f"{name}({', '.join(shown(each) for each in args)})"
        case Bounds(low=low, high=high):
            return f"{shown(low)}..{shown(high)}"
        case Repeat(span=span):
            return f"every {shown(span)}"


def value_text(value: object) -> str:
    """Return a value as a cell would write it, large numbers in groups: `500_000 VND`."""
    match value:
        case bool():
            return "yes" if value else "no"
        case frozenset():
            return ", ".join(sorted(str(each) for each in value)) or "nothing"
        case int() | Fraction():
            return _grouped(number_text(value))
        case Amount():
            return _grouped(str(value))
        case _:
            return str(value)


def _grouped(text: str) -> str:
    """Put `_` between the thousands of the whole number that the text begins with."""
    digits = re.match(r"-?\d{5,}", text)
    return f"{int(digits[0]):_}{text[digits.end() :]}" if digits else text


def _inner(expr: Expr) -> str:
    text = shown(expr)
    return f"({text})" if isinstance(expr, (Both, Either, Compare, Arithmetic)) else text
