"""A table as SQL that people read: each row a column of its own, then one CASE over them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from tantam.plan.tables.form import Row, Table
from tantam.plan.tables.sql.asked import of_row
from tantam.plan.tables.sql.dialects import Sql, column, is_null, number
from tantam.plan.tables.sql.results import FIRED, Told, results
from tantam.plan.tables.sql.said import Said
from tantam.plan.tables.sql.stages import WORD, Stages, all_but

NO_ROW = -1
LONGEST = 40  # PostgreSQL cuts names after 63 bytes


def chained(table: Table, said: Said, told: Told) -> Stages:
    """Return the statement's stages. Raises CannotSay."""
    rows = [row for row in table.rows if not row.otherwise]
    holds = [(name_of(row), said.row(table, row.index)) for row in rows]
    answers = [("rule", column(FIRED)), *results(table, said, told, lambda row: column(name_of(row)))]
    answers.append(("ask", _ask(table, rows, said)))
    if table.hit.gathers:
        answers += _gathered(table)
    return Stages((holds, [(FIRED, _rule(table, rows))]), answers)


def name_of(row: Row) -> str:
    """Return the column that says whether a row holds."""
    return f"row {row.index} {row.name}"[:LONGEST]


def rest(table: Table) -> Sql:
    """Return the number of the row that is `otherwise`, or that there is none."""
    return number(next((row.index for row in table.rows if row.otherwise), NO_ROW))


def _rule(table: Table, rows: Sequence[Row]) -> Sql:
    if not rows:
        return rest(table)
    case = exp.Case()
    if not table.hit.single:
        for row in rows:
            case = case.when(is_null(column(name_of(row))), exp.Null(), copy=False)
    for row in rows:
        case = case.when(column(name_of(row)), number(row.index), copy=False)
        if table.hit.single:
            case = case.when(is_null(column(name_of(row))), exp.Null(), copy=False)
    return case.else_(rest(table), copy=False)


def _ask(table: Table, rows: Sequence[Row], said: Said) -> Sql:
    case = exp.Case()
    for row in rows:
        if table.hit.single:
            case = case.when(column(name_of(row)), exp.Null(), copy=False)
        unknown = of_row(row, said)
        if not isinstance(unknown, exp.Null):
            case = case.when(is_null(column(name_of(row))), unknown, copy=False)
    text = exp.Cast(this=exp.Null(), to=exp.DataType.build("TEXT"))
    return case.else_(text, copy=False) if case.args.get("ifs") else text


def _gathered(table: Table) -> list[tuple[str, Sql]]:
    """Return all rows that hold, as bits: row k of the table is bit k, 63 rows a column."""
    found = []
    for start in range(0, len(table.rows), WORD):
        total: Sql = number(0)
        for bit, row in enumerate(table.rows[start : start + WORD]):
            if not row.otherwise:
                held = exp.Case().when(column(name_of(row)), number(1 << bit), copy=False).else_(number(0), copy=False)
                total = held if total == number(0) else exp.Add(this=total, expression=held)
        found.append((f"rules_{start // WORD + 1}", all_but(total)))
    return found
