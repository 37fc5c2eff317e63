"""The syntax tree of FEEL; boxed expressions become the same nodes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from tantam.plan.dmn.feel.types import Type


@dataclass(frozen=True, slots=True)
class Const:
    """A literal value."""

    value: Any


@dataclass(frozen=True, slots=True)
class Name:
    """A variable. `?` is the value that a unary test is about."""

    name: str


@dataclass(frozen=True, slots=True)
class Member:
    subject: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter:
    subject: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call:
    """names: of the arguments where they are named, else None."""

    function: Node
    args: tuple[Node, ...]
    names: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Logic:
    """op: and, or."""

    op: str
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """op: = != < <= > >= ."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Chain:
    """Operators of one rank, from left to right: + and -, * and /, or **."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Negative:
    operand: Node


@dataclass(frozen=True, slots=True)
class Between:
    subject: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In:
    subject: Node
    tests: Tests


@dataclass(frozen=True, slots=True)
class InstanceOf:
    subject: Node
    type: Type


@dataclass(frozen=True, slots=True)
class If:
    condition: Node
    then: Node
    other: Node


@dataclass(frozen=True, slots=True)
class Iterator:
    """`name in low` or `name in low..high`."""

    name: str
    low: Node
    high: Node | None = None


@dataclass(frozen=True, slots=True)
class For:
    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified:
    """kind: some, every."""

    kind: str
    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class ListOf:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a context; name "" is the result that stands for the whole."""

    name: str
    value: Node
    type: Type | None = None


@dataclass(frozen=True, slots=True)
class ContextOf:
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A context whose entries do not see each other: a row of a relation."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """A missing end is None."""

    low: Node | None
    high: Node | None
    low_open: bool
    high_open: bool


@dataclass(frozen=True, slots=True)
class FunctionOf:
    """body: None for what only another language can run."""

    params: tuple[tuple[str, Type | None], ...]
    body: Node | None
    result: Type | None = None


@dataclass(frozen=True, slots=True)
class Against:
    """A unary test that begins with an operator: `< 5`."""

    op: str
    end: Node


@dataclass(frozen=True, slots=True)
class Tests:
    """A list of unary tests of which one must hold; with `not` none may. any: `-`, everything holds."""

    tests: tuple[Against | Node, ...]
    negated: bool = False
    any: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A node that is compiled elsewhere: a decision table. compile gives its step."""

    compile: Callable[[], Callable[[Any], Any]]


Node: TypeAlias = (
    Const | Name | Member | Filter | Call | Logic | Comparison | Chain | Negative | Between | In | InstanceOf
    | If | For | Quantified | ListOf | ContextOf | Record | Interval | FunctionOf | Prepared | Tests
)  # fmt: skip


def mentions_input(node: Any) -> bool:
    """Return whether the expression speaks of `?` itself."""
    stack = [node]
    while stack:
        each = stack.pop()
        if isinstance(each, Name) and each.name == "?":
            return True
        if isinstance(each, tuple):
            stack.extend(each)
        elif not isinstance(each, Const | Prepared | In) and hasattr(each, "__dataclass_fields__"):
            stack.extend(getattr(each, field) for field in each.__dataclass_fields__ if field != "type")
        elif isinstance(each, In):
            stack.append(each.subject)
    return False
