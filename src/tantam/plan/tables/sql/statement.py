"""The SQL of a table: one statement over a table of facts, and what its columns must hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from tantam.plan.errors import Finding, NotInSql, Severity
from tantam.plan.tables.form import Condition, Out, Output, Row, Table
from tantam.plan.tables.nodes import Expr, Fact, children
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.sql.bits import masked
from tantam.plan.tables.sql.chain import chained
from tantam.plan.tables.sql.dialects import Dialect, kind_of
from tantam.plan.tables.sql.results import Told, cannot_gather, result
from tantam.plan.tables.sql.results import kind_of as kind_of_output
from tantam.plan.tables.sql.said import CannotSay, Said
from tantam.plan.tables.sql.stages import text_of
from tantam.plan.words import Key

ROW = Told()  # the row with all its outputs


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
    """sql: gives for each case `rule` (the number of the row that fires, -1 for none, NULL while a fact is missing),
    the outputs, and `ask` (that fact); where all rows count, outputs are lists, and `rules_1` … are the rows' bits.

    columns: what the table of facts must have. gives: the outputs, in the order of their columns."""

    sql: str
    columns: tuple[Column, ...]
    gives: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """The table of facts, one line a case. keys: columns to show before the answer; the facts if none is named.

    complete: none of its columns is ever NULL, so that nothing is asked (in bits: `ask` is left out).
    told: what to tell beside the row."""

    name: str = "facts"
    keys: Sequence[str] = ()
    complete: bool = False
    told: Told = ROW


def sql_of(table: Table, scope: Scope, dialect: Dialect, manner: Manner, facts: Facts = Facts()) -> Statement:
    """Return the table as SQL.

    Raises NotInSql with a finding for each cell that SQL cannot say exactly."""
    said = Said(scope, dialect)
    refused = _refused(table, said, facts.told)
    if refused:
        raise NotInSql(refused)
    columns = facts_of(table, scope, dialect, facts.told)
    told = facts.told
    stages = masked(table, said, facts.complete, told) if manner is Manner.BITS else chained(table, said, told)
    shown = facts.keys or [each.name for each in columns]
    gives = tuple(Column(each.name, kind_of_output(each, table, said), str(each.type)) for each in told.of(table))
    return Statement(text_of(stages.statement(facts.name, shown, dialect), dialect), columns, gives)


def facts_of(table: Table, scope: Scope, dialect: Dialect, told: Told = ROW) -> tuple[Column, ...]:
    """Return the columns of facts that the table and what is told of it rest on, in the order met."""
    found: dict[str, Column] = {}
    waiting: list[Expr] = [each.expr for row in table.rows for each in row.conditions if each]
    waiting = [each.expr for each in table.inputs if each.expr is not None] + waiting
    waiting += [out.expr for _, _, out in told.needed(table)]
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


def _refused(table: Table, said: Said, told: Told) -> list[Finding]:
    """Return a finding for each cell that SQL cannot say."""
    found = []
    about = {each for row in table.rows for each in row.labels.values()}
    if len(about) > 1:
        args = {"cell": ", ".join(table.labels), "why": Key("sql_labels"), "what": ", ".join(sorted(about))}
        found.append(Finding("Q01", Severity.ERROR, table.place, table.name, args))
    for row in table.rows:
        for condition in row.conditions:
            if condition is not None:
                found += _cell(table, row, condition, partial(said.value, condition.expr))
    for row, output, out in told.needed(table):
        found += _cell(table, row, out, partial(_told, table, output, out, (said, told)))
    return found


def _told(table: Table, output: Output, out: Out, how: tuple[Said, Told]) -> None:
    """Raise CannotSay if the result cannot be told."""
    said, told = how
    if not table.hit.single and (why := cannot_gather(output, told)):
        raise CannotSay(why, output.name)
    result(output, out, said)


def _cell(table: Table, row: Row, cell: Condition | Out, say: Callable[[], object]) -> list[Finding]:
    try:
        say()
    except CannotSay as reason:
        args = {"cell": cell.text, "why": Key(reason.why), "what": reason.what}
        return [Finding("Q01", Severity.ERROR, cell.place, f"{table.name}#{row.name}", args)]
    return []
