"""The SQL of a table: one statement over a table of facts, and what its columns must hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tantam.plan.errors import Finding, NotInSql, Severity
from tantam.plan.tables.form import Table
from tantam.plan.tables.nodes import Expr, Fact, children
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.sql.bits import masked
from tantam.plan.tables.sql.chain import chained
from tantam.plan.tables.sql.dialects import Dialect, kind_of
from tantam.plan.tables.sql.said import CannotSay, Said
from tantam.plan.tables.sql.stages import text_of
from tantam.plan.words import Key


class Manner(StrEnum):
    """How a table is said: as masks of rows, or as a chain that people read."""

    BITS = "bits"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of facts: its name, its SQL type, what its numbers count ("" where that is plain)."""

    name: str
    kind: str
    holds: str


@dataclass(frozen=True, slots=True)
class Statement:
    """sql: gives for each case `rule` (the number of the row that fires, -1 for none, NULL while a fact is missing) and
    `ask` (that fact); where all rows count also `rules_1` …, their bits. columns: what the table of facts must have."""

    sql: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """The table of facts, one line a case. keys: columns to show before the answer; the facts if none is named.

    complete: none of its columns is ever NULL, so that nothing is asked (in bits: `ask` is left out)."""

    name: str = "facts"
    keys: Sequence[str] = ()
    complete: bool = False


def sql_of(table: Table, scope: Scope, dialect: Dialect, manner: Manner, facts: Facts = Facts()) -> Statement:
    """Return the table as SQL.

    Raises NotInSql with a finding for each cell that SQL cannot say exactly."""
    said = Said(scope, dialect)
    refused = _refused(table, said)
    if refused:
        raise NotInSql(refused)
    columns = facts_of(table, scope, dialect)
    stages = masked(table, said, facts.complete) if manner is Manner.BITS else chained(table, said)
    shown = facts.keys or [each.name for each in columns]
    return Statement(text_of(stages.statement(facts.name, shown, dialect), dialect), columns)


def facts_of(table: Table, scope: Scope, dialect: Dialect) -> tuple[Column, ...]:
    """Return the columns of facts that the table rests on, in the order met."""
    found: dict[str, Column] = {}
    waiting: list[Expr] = [each.expr for row in table.rows for each in row.conditions if each]
    waiting = [each.expr for each in table.inputs if each.expr is not None] + waiting
    while waiting:
        expr = waiting.pop(0)
        waiting = [*children(expr), *waiting]
        if not isinstance(expr, Fact):
            continue
        term = scope.terms[expr.path[0]]
        if term.computed is not None:
            waiting.insert(0, term.computed)
        elif term.table is not None:
            inner = term.table
            waiting = [each.expr for each in inner.inputs if each.expr is not None] + waiting
            waiting += [each.expr for row in inner.rows for each in row.conditions if each]
            waiting += [row.outputs[term.name].expr for row in inner.rows if term.name in row.outputs]
        else:
            name = ".".join(expr.path)
            found.setdefault(name, Column(name, kind_of(expr.type, dialect), str(expr.type)))
    return tuple(found.values())


def _refused(table: Table, said: Said) -> list[Finding]:
    """Return a finding for each cell that SQL cannot say."""
    found = []
    for row in table.rows:
        for condition in row.conditions:
            if condition is None:
                continue
            try:
                said.value(condition.expr)
            except CannotSay as reason:
                args = {"cell": condition.text, "why": Key(reason.why), "what": reason.what}
                clause = f"{table.name}#{row.name}"
                found.append(Finding("Q01", Severity.ERROR, condition.place, clause, args))
    return found
