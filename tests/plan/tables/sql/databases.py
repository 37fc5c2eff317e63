"""The same cases as a table `facts` in each database, and what random tables' SQL answers there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tantam.plan.tables.evaluate import Fired, compile_table
from tantam.plan.tables.form import Table
from tantam.plan.tables.hits import Total, total_of
from tantam.plan.tables.nodes import Literal
from tantam.plan.tables.sql import Dialect, Facts, Manner, Told, sql_of
from tantam.plan.tables.sql.dialects import kind_of
from tantam.plan.tables.types import Text
from tantam.plan.tables.values import Amount, Span
from tests.plan.tables.sql.drawn import FACTS, OUTPUTS, SCOPE

Answer = tuple[Any, ...]  # the row that fires, the fact to ask, each output, where many rows count their total
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
    """Return by table and case the row that fires, the fact to ask and what it gives, as the engine has it."""
    found: dict[tuple[int, int], Answer] = {}
    for place, table in enumerate(tables):
        compiled = compile_table(table, SCOPE)
        for number, facts in enumerate(many):
            fired = compiled(facts)
            rule = None if fired.unknown else fired.row.index if fired.row else -1
            found[place, number] = (rule, fired.unknown or None, *_given(table, fired, told_of(place, table)))
    return found


def told_of(place: int, table: Table) -> Told:
    """Return what is asked of a table beside its row: of those of which many rows count a total, each kind in turn."""
    return Told() if table.hit.single else Told(None, "gets", list(Total)[place % len(Total)])


def questions(tables: Sequence[Table], dialect: Dialect, manner: Manner) -> list[str]:
    """Return two queries that decide all cases by all tables: table, case, and their answers.

    Tables of which one row counts are asked apart from those of which many do: what these give is lists."""
    asked: dict[bool, list[str]] = {}
    for place, table in enumerate(tables):
        sql = sql_of(table, SCOPE, dialect, manner, Facts(keys=("case_id",), told=told_of(place, table))).sql
        one = f"SELECT {place} AS place, case_id, rule, ask, {given(table, dialect)} FROM (\n{sql}\n) AS t{place}"
        asked.setdefault(table.hit.single, []).append(one)
    return ["\nUNION ALL\n".join(some) for some in asked.values()]


def given(table: Table, dialect: Dialect) -> str:
    """Return the columns of what a table gives; durations, numbers in one table and words in another, all as words."""
    text = kind_of(Text(), dialect)
    kind = text if table.hit.single else f"ARRAY<{text}>" if dialect is Dialect.SPARK else f"{text}[]"
    names = [*OUTPUTS, *([] if table.hit.single else ["total"])]
    return ", ".join(f"CAST(within AS {kind}) AS within" if name == "within" else name for name in names)


def told(rows: Sequence[Sequence[Any]]) -> dict[tuple[int, int], Answer]:
    """Return what a database answered."""
    return {(place, number): tuple(map(_exactly, answer)) for place, number, *answer in rows}


def _given(table: Table, fired: Fired, wanted: Told) -> list[Any]:
    if table.hit.single:
        return [None if fired.unknown else _value(fired.outputs.get(name), name, table) for name in OUTPUTS]
    return [*(_listed(name, table, fired) for name in OUTPUTS), _total(table, fired, wanted)]


def _listed(name: str, table: Table, fired: Fired) -> list[Any] | None:
    """Return the results of all rows that hold; none of them as long as one is unknown."""
    lacks = any(name in row.outputs and name not in one for row, one in zip(fired.rows, fired.results, strict=True))
    if fired.unknown or lacks:
        return None
    return [_value(one[name], name, table) for one in fired.results if name in one]


def _total(table: Table, fired: Fired, wanted: Told) -> Any:
    if _listed(wanted.total, table, fired) is None:
        return None
    return _exactly(plain(total_of(wanted.by, [one[wanted.total] for one in fired.results if wanted.total in one])))


def _value(value: Any, name: str, table: Table) -> Any:
    """Return a result as a database tells it: texts joined, durations in words where they are not all of one family."""
    if isinstance(value, tuple):
        return " + ".join(value)
    if isinstance(value, Span):
        cells = [row.outputs[name].expr for row in table.rows if name in row.outputs]
        written = [each.value for each in cells if isinstance(each, Literal)]
        if len({each.type.family for each in cells}) > 1 or any(each.months for each in written):
            return str(value)
        return str(plain(value))
    return _exactly(plain(value))


def _exactly(value: Any) -> Any:
    """Return numbers as fractions, whatever the database tells them as; nothing else is changed."""
    if isinstance(value, list):
        return [_exactly(each) for each in value]
    assert not isinstance(value, float), value
    return Fraction(value) if isinstance(value, Decimal) else value
