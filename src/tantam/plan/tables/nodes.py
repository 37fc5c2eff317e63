"""The syntax tree of an expression: what was written, with its place, and once checked with its type.

The parser writes names as `Name`; the checker replaces each by what it means: a `Literal` of the
neighbour's domain, a `Fact` of the scope or an `Element` of the list being walked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from tantam.plan.errors import Place
from tantam.plan.tables.types import Broken, Type
from tantam.plan.tables.values import Value

UNTYPED = Broken()


@dataclass(frozen=True, slots=True)
class Literal:
    """A value as written. percent: it was written with `%`."""

    value: Value
    place: Place
    type: Type = UNTYPED
    text: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A path of words that the checker has still to find a meaning for."""

    path: tuple[str, ...]
    place: Place
    type: Type = UNTYPED

    @property
    def text(self) -> str:
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Fact:
    """A term of the scope, or a field in it; `path[0]` is the term's name."""

    path: tuple[str, ...]
    place: Place
    type: Type = UNTYPED


@dataclass(frozen=True, slots=True)
class Element:
    """A field of the record that a list function walks. depth: 0 is the innermost list function."""

    depth: int
    path: tuple[str, ...]
    place: Place
    type: Type = UNTYPED


@dataclass(frozen=True, slots=True)
class Not:
    operand: Expr
    place: Place
    type: Type = UNTYPED


@dataclass(frozen=True, slots=True)
class Negative:
    operand: Expr
    place: Place
    type: Type = UNTYPED


@dataclass(frozen=True, slots=True)
class Both:
    """All parts hold (`and`)."""

    parts: tuple[Expr, ...]
    place: Place
    type: Type = UNTYPED


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds (`or`)."""

    parts: tuple[Expr, ...]
    place: Place
    type: Type = UNTYPED


@dataclass(frozen=True, slots=True)
class Compare:
    """op: = != < <= > >= ."""

    op: str
    left: Expr
    right: Expr
    place: Place
    type: Type = UNTYPED


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """op: + - * / ."""

    op: str
    left: Expr
    right: Expr
    place: Place
    type: Type = UNTYPED


@dataclass(frozen=True, slots=True)
class Within:
    """The subject is one of the members; a some_of subject has at least one of them."""

    subject: Expr
    members: tuple[Expr, ...]
    place: Place
    type: Type = UNTYPED


@dataclass(frozen=True, slots=True)
class Between:
    """The subject lies between two bounds; a missing bound is None, an open one excludes itself."""

    subject: Expr
    low: Expr | None
    high: Expr | None
    low_open: bool
    high_open: bool
    place: Place
    type: Type = UNTYPED


@dataclass(frozen=True, slots=True)
class Has:
    """A some_of subject contains the value."""

    subject: Expr
    value: Expr
    place: Place
    type: Type = UNTYPED


@dataclass(frozen=True, slots=True)
class Call:
    """A function; list functions have the list first and an expression over its element second."""

    name: str
    args: tuple[Expr, ...]
    place: Place
    type: Type = UNTYPED


@dataclass(frozen=True, slots=True)
class Bounds:
    """An output of two bounds: `5..7 working days`."""

    low: Expr | None
    high: Expr | None
    place: Place
    type: Type = UNTYPED


@dataclass(frozen=True, slots=True)
class Repeat:
    """An output that repeats: `every 1 h`."""

    span: Expr
    place: Place
    type: Type = UNTYPED


Expr: TypeAlias = (
    Literal | Name | Fact | Element | Not | Negative | Both | Either | Compare | Arithmetic
    | Within | Between | Has | Call | Bounds | Repeat
)  # fmt: skip

LIST_FUNCTIONS = frozenset({"some", "every", "count", "sum", "smallest", "largest", "distinct"})
SCALAR_FUNCTIONS = frozenset({"min", "max", "abs", "round", "if", "known", "deadline"})
FUNCTIONS = LIST_FUNCTIONS | SCALAR_FUNCTIONS
RESERVED = frozenset({"yes", "no", "otherwise", "and", "or", "not", "in", "has", "every"})


def children(expr: Expr) -> tuple[Expr, ...]:
    """Return the direct operands, from left to right."""
    match expr:
        case Literal() | Name() | Fact() | Element():
            return ()
        case Not(operand=operand) | Negative(operand=operand):
            return (operand,)
        case Both(parts=parts) | Either(parts=parts):
            return parts
        case Compare(left=left, right=right) | Arithmetic(left=left, right=right):
            return (left, right)
        case Within(subject=subject, members=members):
            return (subject, *members)
        case Between(subject=subject, low=low, high=high):
            return (subject, *(each for each in (low, high) if each is not None))
        case Has(subject=subject, value=value):
            return (subject, value)
        case Call(args=args):
            return args
        case Bounds(low=low, high=high):
            return tuple(each for each in (low, high) if each is not None)
        case Repeat(span=span):
            return (span,)


def terms_in(expr: Expr) -> tuple[str, ...]:
    """Return the names of the scope's terms in a checked expression, each once, from left to right."""
    found: dict[str, None] = {}
    stack = [expr]
    while stack:
        each = stack.pop()
        if isinstance(each, Fact):
            found[each.path[0]] = None
        stack.extend(reversed(children(each)))
    return tuple(found)
