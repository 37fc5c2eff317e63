"""What the three dialects say differently, where sqlglot does not say it as they mean it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlglot import exp

from tantam.plan.tables.types import (
    Date,
    Duration,
    Moment,
    Money,
    Number,
    OneOf,
    SomeOf,
    Text,
    Time,
    Type,
    Word,
    YesNo,
)

Sql = exp.Expr
WORDS = Text()  # the type of what is told in words


class Dialect(StrEnum):
    """By sqlglot's names."""

    DUCKDB = "duckdb"
    POSTGRES = "postgres"
    SPARK = "spark"


def number(value: int) -> Sql:
    """Return a whole number."""
    return exp.Neg(this=exp.Literal.number(-value)) if value < 0 else exp.Literal.number(value)


def column(name: str) -> Sql:
    """Return a column by its quoted name."""
    return exp.column(exp.to_identifier(name, quoted=True))


def kind_of(kind: Type, dialect: Dialect) -> str:
    """Return the column type that facts of this type have, "" for types that no column holds."""
    match kind:
        case YesNo():
            return "BOOLEAN"
        case Number(whole=whole):
            return "BIGINT" if whole else "DECIMAL(18, 6)"
        case Money() | Duration() | Time():
            return "BIGINT"
        case Date():
            return "DATE"
        case Moment():
            return "TIMESTAMP_NTZ" if dialect is Dialect.SPARK else "TIMESTAMP"
        case Text() | Word() | OneOf():
            return "STRING" if dialect is Dialect.SPARK else "TEXT"
        case SomeOf():
            return "ARRAY<STRING>" if dialect is Dialect.SPARK else "TEXT[]"
        case _:
            return ""


def moment(value: datetime, dialect: Dialect) -> Sql:
    """Return an instant as a timestamp without zone, in UTC. value: aware, in UTC."""
    written = exp.Literal.string(value.replace(tzinfo=None).isoformat(" "))
    kind = "TIMESTAMPNTZ" if dialect is Dialect.SPARK else "TIMESTAMP"
    return exp.Cast(this=written, to=exp.DataType.build(kind))


def contains(members: Sql, value: Sql, dialect: Dialect) -> Sql:
    """Return whether an array has a value; unknown where the array is."""
    match dialect:
        case Dialect.POSTGRES:
            return exp.EQ(this=value, expression=exp.Any(this=exp.Paren(this=members)))
        case Dialect.DUCKDB:
            return exp.Anonymous(this="LIST_CONTAINS", expressions=[members, value])
        case Dialect.SPARK:
            return exp.Anonymous(this="ARRAY_CONTAINS", expressions=[members, value])


def some_of(values: Sequence[Sql], counts: Sequence[Sql], dialect: Dialect) -> Sql:
    """Return an array of those values that count. values: NULL where they do not."""
    listed = exp.Array(expressions=list(values))
    match dialect:
        case Dialect.POSTGRES:
            return exp.Anonymous(this="ARRAY_REMOVE", expressions=[listed, null()])
        case Dialect.DUCKDB:
            known = [exp.Coalesce(this=each, expressions=[exp.false()]) for each in counts]
            return exp.Anonymous(this="LIST_WHERE", expressions=[listed, exp.Array(expressions=known)])
        case Dialect.SPARK:
            return exp.Anonymous(this="ARRAY_COMPACT", expressions=[listed])


def size(members: Sql, dialect: Dialect) -> Sql:
    """Return how many members an array has; unknown where the array is."""
    name = {Dialect.POSTGRES: "CARDINALITY", Dialect.DUCKDB: "LEN", Dialect.SPARK: "SIZE"}[dialect]
    count = exp.Anonymous(this=name, expressions=[members])
    return exp.Case().when(exp.Not(this=is_null(members)), count, copy=False)


def null() -> Sql:
    """Return what is unknown."""
    return exp.Null()


def is_null(value: Sql) -> Sql:
    """Return whether the value is unknown."""
    return exp.Is(this=value.copy(), expression=exp.Null())


def bit_count(value: Sql, dialect: Dialect) -> Sql:
    """Return how many bits of a number >= 0 are set."""
    if dialect is Dialect.POSTGRES:
        value = exp.Cast(this=exp.Paren(this=value), to=exp.DataType.build("BIT(64)", dialect="postgres"))
    return exp.Cast(this=exp.Anonymous(this="BIT_COUNT", expressions=[value]), to=exp.DataType.build("BIGINT"))


def divided(top: Sql, below: int, dialect: Dialect) -> Sql:
    """Return the whole quotient. top: whole, >= 0. below: > 0."""
    top = exp.Paren(this=top)
    match dialect:
        case Dialect.POSTGRES:
            quotient: Sql = exp.Anonymous(this="DIV", expressions=[top, number(below)])
        case _:
            quotient = exp.Paren(this=exp.IntDiv(this=top, expression=number(below)))
    return exp.Cast(this=quotient, to=exp.DataType.build("BIGINT"))


def rounded(value: Sql, digits: int, dialect: Dialect) -> Sql:
    """Return a decimal with so many digits, halves away from zero."""
    if dialect is Dialect.POSTGRES:
        value = exp.Cast(this=exp.Paren(this=value), to=exp.DataType.build("DECIMAL"))
    return exp.Anonymous(this="ROUND", expressions=[value, number(digits)])


def days_between(later: Sql, earlier: Sql, dialect: Dialect) -> Sql:
    """Return the days from one date to another."""
    if dialect is Dialect.SPARK:
        days: Sql = exp.Anonymous(this="DATEDIFF", expressions=[later, earlier])
    else:
        days = exp.Paren(this=exp.Sub(this=exp.Paren(this=later), expression=exp.Paren(this=earlier)))
    return exp.Cast(this=days, to=exp.DataType.build("BIGINT"))


def days_later(date: Sql, days: Sql, dialect: Dialect) -> Sql:
    """Return the date so many days later."""
    days = exp.Cast(this=exp.Paren(this=days), to=exp.DataType.build("INT"))
    if dialect is Dialect.SPARK:
        return exp.Anonymous(this="DATE_ADD", expressions=[date, days])
    return exp.Paren(this=exp.Add(this=date, expression=days))


def seconds_later(start: Sql, seconds: Sql, dialect: Dialect) -> Sql:
    """Return the moment so many seconds later."""
    match dialect:
        case Dialect.SPARK:
            return exp.Anonymous(this="TIMESTAMPADD", expressions=[exp.var("SECOND"), seconds, start])
        case Dialect.DUCKDB:
            return exp.Paren(
                this=exp.Add(this=start, expression=exp.Anonymous(this="TO_SECONDS", expressions=[seconds]))
            )
        case Dialect.POSTGRES:
            second = exp.Cast(this=exp.Literal.string("1 second"), to=exp.DataType.build("INTERVAL"))
            span = exp.Mul(this=exp.Paren(this=seconds), expression=second)
            return exp.Paren(this=exp.Add(this=start, expression=span))


def microseconds_between(later: Sql, earlier: Sql, dialect: Dialect) -> Sql:
    """Return the microseconds from one moment to another."""
    match dialect:
        case Dialect.SPARK:
            return exp.Anonymous(this="TIMESTAMPDIFF", expressions=[exp.var("MICROSECOND"), earlier, later])
        case Dialect.DUCKDB:
            one, two = (exp.Anonymous(this="EPOCH_US", expressions=[each]) for each in (later, earlier))
            return exp.Paren(this=exp.Sub(this=one, expression=two))
        case Dialect.POSTGRES:
            span = exp.Sub(this=exp.Paren(this=later), expression=exp.Paren(this=earlier))
            seconds = exp.Extract(this=exp.var("EPOCH"), expression=exp.Paren(this=span))
            micro = exp.Mul(this=seconds, expression=number(1_000_000))
            return exp.Cast(this=exp.Paren(this=micro), to=exp.DataType.build("BIGINT"))
