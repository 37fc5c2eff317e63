"""The same cases as a table `facts` in each database, and what random tables' SQL answers there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tantam.plan.tables.evaluate import compile_table
from tantam.plan.tables.form import Table
from tantam.plan.tables.sql import Dialect, Facts, Manner, sql_of
from tantam.plan.tables.sql.dialects import kind_of
from tantam.plan.tables.values import Amount, Span
from tests.plan.tables.sql.drawn import FACTS, SCOPE

Answer = tuple[int | None, str | None]
NAMES = tuple(FACTS)
DECIMALS = ("tries", "share")


def columns(dialect: Dialect) -> str:
    """Return the columns of `facts`, as CREATE TABLE wants them."""
    quote = "`" if dialect is Dialect.SPARK else '"'
    typed = ", ".join(f"{quote}{name}{quote} {kind_of(SCOPE.terms[name].type, dialect)}" for name in NAMES)
    return f"case_id BIGINT, {typed}"


def line(number: int, facts: dict[str, Any]) -> tuple[Any, ...]:
    """Return a case as the values that a database takes."""
    return (number, *(_decimal(plain(facts[name])) if name in DECIMALS else plain(facts[name]) for name in NAMES))


def plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case Fraction():
            return Decimal(value.numerator) / Decimal(value.denominator)
        case Amount():
            return value.minor
        case Span():
            return value.amount
        case datetime():
            return value.astimezone(UTC).replace(tzinfo=None)
        case date():
            return value
        case time():
            return value.hour * 3600 + value.minute * 60
        case frozenset():
            return sorted(value)
    raise AssertionError(value)


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def expected(tables: Sequence[Table], many: Sequence[dict[str, Any]]) -> dict[tuple[int, int], Answer]:
    """Return by table and case the number of the row that fires, or the fact to ask, as the engine has it."""
    found: dict[tuple[int, int], Answer] = {}
    for place, table in enumerate(tables):
        compiled = compile_table(table, SCOPE)
        for number, facts in enumerate(many):
            fired = compiled(facts)
            rule = None if fired.unknown else fired.row.index if fired.row else -1
            found[place, number] = (rule, fired.unknown or None)
    return found


def question(tables: Sequence[Table], dialect: Dialect, manner: Manner) -> str:
    """Return one query that decides all cases by all tables: table, case, rule, ask."""
    selects = []
    for place, table in enumerate(tables):
        sql = sql_of(table, SCOPE, dialect, manner, Facts(keys=("case_id",))).sql
        selects.append(f"SELECT {place} AS place, case_id, rule, ask FROM (\n{sql}\n) AS t{place}")
    return "\nUNION ALL\n".join(selects)


def told(rows: Sequence[Sequence[Any]]) -> dict[tuple[int, int], Answer]:
    """Return what a database answered."""
    return {(place, number): (rule, ask) for place, number, rule, ask in rows}
