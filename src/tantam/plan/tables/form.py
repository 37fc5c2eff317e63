"""The one typed form of every table; whatever reads a table reads this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tantam.plan.errors import Place
from tantam.plan.tables.cells import Region
from tantam.plan.tables.hits import Hit as Hit
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.types import Type


class Kind(StrEnum):
    """How the table was written."""

    GRID = "grid"
    LADDER = "ladder"
    CROSS = "cross"
    MUST = "must"
    PROMISES = "promises"


@dataclass(frozen=True, slots=True)
class Input:
    """A column of conditions. expr: what its cells test; None under `when` and `must`, whose cells are conditions."""

    name: str
    expr: Expr | None
    type: Type
    place: Place


@dataclass(frozen=True, slots=True)
class Output:
    """A column of results."""

    name: str
    type: Type
    place: Place


@dataclass(frozen=True, slots=True)
class Condition:
    """One cell. expr: checked, yes/no, with the column's input written in; region: the same as a set over
    the input's domain, None where it depends on other terms."""

    expr: Expr
    region: Region | None
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Out:
    """One result cell: its checked expression and its text as written."""

    expr: Expr
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Row:
    """One rule. index: from 1, as people count. labels: by label column. conditions: one an input, None is `-`.

    otherwise: it fires when no other row does. outputs: by column; a `-` is absent."""

    name: str
    index: int
    place: Place
    labels: Mapping[str, str]
    conditions: tuple[Condition | None, ...]
    otherwise: bool
    outputs: Mapping[str, Out]


@dataclass(frozen=True, slots=True)
class Table:
    """name: its clause's address, `policies.exchange.decides`; a row's is `name#row`.

    labels: columns whose cells are names to select by (promise, event, topic), not conditions.
    rows: in the order they count: as written, under priority and output_order by the rank of their results."""

    name: str
    kind: Kind
    hit: Hit
    labels: tuple[str, ...]
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]
    place: Place

    def only(self, label: str, value: str) -> Table:
        """Return the table of the rows whose label column holds `value`; names and indexes stay."""
        return replace(self, rows=tuple(row for row in self.rows if row.labels.get(label) == value))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the place of a table in the plan asks of it.

    outputs: the columns it may have and their types (Word and Words for keys and outcomes).
    labels: columns before `=>` that name what the row is about. cross: the output that a cross table's cells hold.
    hit: None takes the kind's own (grid and cross unique, ladder and must first, a table with labels soonest).
    ranks: the order of importance of an output's words, the most important first; a one_of has its own."""

    name: str
    outputs: Mapping[str, Type]
    labels: frozenset[str] = field(default_factory=frozenset)
    hit: Hit | None = None
    cross: str = ""
    ranks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def clause(self, row: str = "") -> str:
        """Return the address of the table, or of one of its rows."""
        return f"{self.name}#{row}" if row else self.name
