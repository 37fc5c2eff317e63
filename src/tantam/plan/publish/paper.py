"""A plan as a paper: parts, clauses and what they hold, in words of one language and without any markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from tantam.plan.publish.flow import Flow


class Audience(StrEnum):
    """Whom an edition is for. Staff read what customers read, and what guides their own work as well."""

    CUSTOMER = "customer"
    STAFF = "staff"


class Column(StrEnum):
    """What a column of a grid is for, which is how it is set."""

    CONDITION = "condition"
    RESULT = "result"
    TIME = "time"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column."""

    words: str
    kind: Column = Column.PLAIN


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its first line, and smaller ones below. open: it leaves open what its column asks (`any price`)."""

    words: str
    below: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a grid with the address of its clause, `policies.exchange.decides#faulty`."""

    address: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence set large."""

    words: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph."""

    words: str


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small type. address: of a clause that it says, or ""."""

    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a list. name: what it is about, or "". address: of its clause, or ""."""

    words: str
    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. numbered: its rows are counted, because their order or their names matter to the reader."""

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    caption: str = ""
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A procedure as a picture, and its steps as a list."""

    flow: Flow


Block: TypeAlias = Lead | Prose | Note | Points | Grid | Figure


@dataclass(frozen=True, slots=True)
class Clause:
    """One addressable piece. address: its path in the plan, `policies.exchange`."""

    address: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses of a part under a heading of their own, such as those of one stage."""

    title: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered chapter. key: the same in every language; its anchor is `part-key`."""

    key: str
    title: str
    clauses: tuple[Clause, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def all_clauses(self) -> tuple[Clause, ...]:
        """Every clause, those of groups too."""
        return (*self.clauses, *(clause for group in self.groups for clause in group.clauses))


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole edition. edition: its version in words, or what kind of draft it is."""

    lang: str
    company: str
    title: str
    edition: str
    about: str = ""
    parts: tuple[Part, ...] = field(default_factory=tuple)
