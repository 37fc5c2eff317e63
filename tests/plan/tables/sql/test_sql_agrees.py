"""Whatever SQL says of a table is what the engine decides: DuckDB and PostgreSQL, as masks and as a chain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import psycopg
import pytest

from tantam.plan.tables.evaluate import compile_table
from tantam.plan.tables.form import Hit
from tantam.plan.tables.sql import Dialect, Facts, Manner, Told, sql_of
from tests.plan.tables.sql.databases import NAMES, columns, expected, given, line, questions, told, told_of
from tests.plan.tables.sql.drawn import SCOPE, cases, tables
from tests.support.postgres import cluster
from tests.support.proving import examples

MANY = cases(1, 300)
LINES = [line(number, facts) for number, facts in enumerate(MANY)]
TABLES = tables(2, examples(64))
WIDE = tables(3, 3, rows=150)
MARKS = len(NAMES) + 1


@pytest.fixture(scope="module")
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE facts ({columns(Dialect.DUCKDB)})")
        connection.executemany(f"INSERT INTO facts VALUES ({', '.join('?' * MARKS)})", LINES)
        lacking = " OR ".join(f'"{name}" IS NULL' for name in NAMES)
        connection.execute(f"CREATE VIEW whole AS SELECT * FROM facts WHERE NOT ({lacking})")
        yield connection


@pytest.fixture(scope="module")
def postgres() -> Iterator[psycopg.Connection[Any]]:
    with cluster() as url, psycopg.connect(url.replace("?socket=", "?host=")) as connection:
        connection.execute(f"CREATE TEMP TABLE facts ({columns(Dialect.POSTGRES)})")
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO facts VALUES ({', '.join(['%s'] * MARKS)})", LINES)
        yield connection


@pytest.mark.parametrize("manner", Manner)
def test_duckdb_decides_as_the_engine(duck: duckdb.DuckDBPyConnection, manner: Manner) -> None:
    for some in (TABLES, WIDE):
        rows = [row for each in questions(some, Dialect.DUCKDB, manner) for row in duck.execute(each).fetchall()]
        assert told(rows) == expected(some, MANY)


@pytest.mark.parametrize("manner", Manner)
def test_postgres_decides_as_the_engine(postgres: psycopg.Connection[Any], manner: Manner) -> None:
    for some in (TABLES, WIDE):
        asked = [each.encode() for each in questions(some, Dialect.POSTGRES, manner)]
        rows = [row for each in asked for row in postgres.execute(each).fetchall()]
        assert told(rows) == expected(some, MANY)


@pytest.mark.parametrize("manner", Manner)
def test_bits_of_all_rows_that_hold_are_told(duck: duckdb.DuckDBPyConnection, manner: Manner) -> None:
    for table in (each for each in [*TABLES, *WIDE] if each.hit.gathers):
        sql = sql_of(table, SCOPE, Dialect.DUCKDB, manner, Facts(keys=("case_id",), told=Told(()))).sql
        for number, _, _, *words in duck.execute(sql).fetchall():
            held = {place for place in range(len(table.rows)) if words[place // 63] >> place % 63 & 1}
            states = compile_table(table, SCOPE).states(MANY[number])
            fired = {place for place, row in enumerate(table.rows) if states[place].value and not row.otherwise}
            assert held == fired


def test_facts_that_are_all_known_need_no_questions(duck: duckdb.DuckDBPyConnection) -> None:
    whole = [number for number, facts in enumerate(MANY) if None not in facts.values()]
    answers = expected([*TABLES, *WIDE], MANY)
    for place, table in enumerate([*TABLES, *WIDE]):
        facts = Facts("whole", ("case_id",), complete=True, told=told_of(place, table))
        sql = sql_of(table, SCOPE, Dialect.DUCKDB, Manner.BITS, facts).sql
        query = f"SELECT {place}, case_id, rule, NULL, {given(table, Dialect.DUCKDB)} FROM (\n{sql}\n)"
        found = duck.execute(query).fetchall()
        rows = {number: answers[place, number] for number in whole}
        assert told(found) == {(place, number): (rule, None, *rest) for number, (rule, _, *rest) in rows.items()}


def test_the_random_tables_reach_every_answer() -> None:
    answers = expected(TABLES, MANY).values()
    asked = {ask for _, ask, *_ in answers}
    assert {None, -1, 1, 2, 3} <= {rule for rule, *_ in answers}
    assert {"fault", "signs", "paid", "shipping", "tries", "bought", "told", "city"} <= asked
    assert {table.hit for table in TABLES} == set(Hit)
