"""Decides one case: facts in, the row that fires and its results out; a missing fact is unknown, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.table import Row, Table

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fired:
    """What a table answers.

    rows: that fire; under unique and first the one that counts, then its overlaps; () if none does.
    outputs: of rows[0] by column (under collect and soonest see `results`); an unknown output is absent.
    unknown: the term to ask next, "" if the answer stands. missing: terms that outputs still lack.
    used: the given terms that the answer rests on."""

    rows: tuple[Row, ...]
    results: tuple[Mapping[str, Any], ...]
    unknown: str
    missing: tuple[str, ...]
    used: tuple[str, ...]

    @property
    def row(self) -> Row | None:
        return self.rows[0] if self.rows else None

    @property
    def outputs(self) -> Mapping[str, Any]:
        return self.results[0] if self.results else {}


@dataclass(frozen=True, slots=True)
class Known:
    """What an expression is. value: None if unknown, then `unknown` is the term to ask next. used: given terms it rests on."""

    value: Any
    unknown: str
    used: tuple[str, ...]


class CompiledTable:
    """A table ready to decide; `table` is what it was made from. Safe to share between threads."""

    table: Table

    def __call__(self, facts: Facts) -> Fired:
        """Return what fires. facts: values by term (see facts.read_facts); absent or None is unknown."""
        raise NotImplementedError

    def index(self, facts: Facts) -> int:
        """Return the position in `table.rows` of the row that fires, -1 if none does or a fact is still to ask. The fast way."""
        raise NotImplementedError

    def states(self, facts: Facts) -> tuple[Known, ...]:
        """Return for each row whether its conditions hold; for `must` tables, whose failures are told all at once."""
        raise NotImplementedError


def compile_table(table: Table, scope: Scope) -> CompiledTable:
    """Return the table ready to decide."""
    raise NotImplementedError


def evaluate(expr: Expr, facts: Facts, scope: Scope) -> Known:
    """Return the value of a checked expression."""
    raise NotImplementedError


def term_value(name: str, facts: Facts, scope: Scope) -> Known:
    """Return a term's value: as given, computed, decided by its table, or its default."""
    raise NotImplementedError
