"""The same table in databases: as masks, as our engine says it, against the CASE that people write by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import Row, paired, rows_of_process, rules32, told
from tantam.plan.tables.form import Hit, Table, Wanted
from tantam.plan.tables.reader import read_table
from tantam.plan.tables.scope import Given, Scope
from tantam.plan.tables.table import build_table
from tantam.plan.tables.terms import build_scope
from tantam.plan.tables.types import Number, Word, YesNo

IN_DUCKDB = 10_000_000
IN_SPARK = 10_000_000
Cell = Callable[[str, str], str]
ROUNDS = 3


def rows() -> Iterator[Row]:
    """Yield a row for each database; Spark in a process of its own, for its Java outlives it."""
    yield in_duckdb(IN_DUCKDB)
    yield from rows_of_process("bench.sql", {"PYTHONWARNINGS": "ignore"})


def in_duckdb(n: int) -> Row:
    """Return DuckDB's row: words as ENUM, one thread."""
    import duckdb

    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("codes", rules32.columns(n))
        connection.execute(f"CREATE TABLE facts AS SELECT {', '.join(_words(connection))} FROM codes")

        def ask(sql: str) -> list[tuple[Any, ...]]:
            found: list[tuple[Any, ...]] = connection.execute(_total(sql)).fetchall()
            return found

        ours, case = _said("duckdb", rules32.table(), rules32.scope()), written_case(_worded)
        return _compared(f"{n:,} cases in DuckDB, one thread", (ours, case), ask, "DuckDB CASE on ENUM")


def in_spark(n: int) -> Row:
    """Return Spark's row: one core, all settings as Spark has them; the facts are in memory.

    Spark has no ENUM: words are numbers in a byte, for both."""
    import duckdb
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[1]").appName("bench").config("spark.ui.enabled", "false")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "facts.parquet"
        with duckdb.connect() as connection:
            connection.register("codes", rules32.columns(n))
            kinds = {name: "SMALLINT" if name in rules32.NUMBERS else "TINYINT" for name in rules32.INPUTS}
            kinds |= dict.fromkeys(rules32.YES_NO, "BOOLEAN")
            narrow = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in kinds.items())
            connection.execute(f"COPY (SELECT {narrow} FROM codes) TO '{file}' (FORMAT parquet)")
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        session.read.parquet(str(file)).coalesce(1).createOrReplaceTempView("facts")
        session.sql("CACHE TABLE facts")
        row = _compared(
            f"{n:,} cases in Spark, one core",
            (_said("spark", *numbered()), written_case(_coded)),
            lambda sql: [tuple(each) for each in session.sql(_total(sql)).collect()],
            "Spark CASE, default settings",
        )
        session.stop()
    return row


def _compared(what: str, statements: tuple[str, str], ask: Callable[[str], list[tuple[Any, ...]]], rival: str) -> Row:
    bits, case = statements
    note = f"{rival}; {'the same' if ask(bits) == ask(case) else 'OTHER'} answers in all"
    return paired(f"a table decided: {what}", lambda: ask(bits), lambda: ask(case), rounds=ROUNDS, note=note)


def _said(dialect: str, table: Table, scope: Scope) -> str:
    from tantam.plan.tables.sql import Dialect, Facts, Manner, Told, sql_of

    # The rival tells the row alone.
    return sql_of(table, scope, Dialect(dialect), Manner.BITS, Facts(complete=True, told=Told(()))).sql


def numbered() -> tuple[Table, Scope]:
    """Return the same table with the places of words instead of words, days and euros as plain numbers."""
    declared = [
        Given(name, YesNo() if name in rules32.YES_NO else Number(whole=True), rules32.HERE) for name in rules32.INPUTS
    ]
    scope, _ = build_scope(declared, {}, "EUR")
    lines = [" | ".join(rules32.INPUTS) + " => outcome"]
    for _, cells, outputs in rules32.rules():
        lines.append(" | ".join([*(_codes(name, cell) for name, cell in cells.items()), outputs["outcome"]]))
    text, _ = read_table("\n".join(lines), rules32.HERE)
    assert text is not None
    table, wrong = build_table(text, scope, Wanted("numbered", {"outcome": Word()}, hit=Hit.FIRST))
    assert table is not None, [each.sentence() for each in wrong]
    return table, scope


def _codes(name: str, cell: str) -> str:
    if name not in rules32.VALUES or cell == "-":
        return cell
    return ", ".join(str(rules32.VALUES[name].index(each)) for each in cell.split(", "))


def _total(sql: str) -> str:
    """Return a question that needs every answer and tells whether they are the same."""
    return f"SELECT count(*), sum(rule * (owned + 1)) FROM (\n{sql}\n) AS answers"


def _words(connection: Any) -> Iterator[str]:
    """Yield the columns of the facts, words as ENUM, money in cents."""
    for name in rules32.INPUTS:
        if name in rules32.VALUES:
            words = ", ".join(f"'{each}'" for each in rules32.VALUES[name])
            connection.execute(f"CREATE TYPE {name}_words AS ENUM ({words})")
            yield f"[{words}][{name} + 1]::{name}_words AS {name}"
        elif name in rules32.YES_NO:
            yield f"{name} = 1 AS {name}"
        else:
            yield f"{name} * 100 AS {name}" if name == "price" else name


def written_case(say: Cell) -> str:
    """Return the table as one writes it by hand: a WHEN for each row. say: a cell of an input as a condition."""
    lines = []
    for number, (_, cells, _) in enumerate(rules32.rules(), 1):
        tests = [say(name, cell) for name, cell in cells.items() if cell != "-"]
        lines.append(f"WHEN {' AND '.join(tests) or 'TRUE'} THEN {number}")
    return "SELECT owned, CASE\n" + "\n".join(lines) + "\nELSE -1 END AS rule FROM facts"


def _worded(name: str, cell: str) -> str:
    if name in rules32.VALUES:
        return _among(name, [f"'{each}'" for each in cell.split(", ")])
    return _number(name, cell, 100 if name == "price" else 1)


def _coded(name: str, cell: str) -> str:
    if name in rules32.VALUES:
        return _among(name, _codes(name, cell).split(", "))
    return _number(name, cell, 1)


def _among(name: str, values: list[str]) -> str:
    return f"{name} = {values[0]}" if len(values) == 1 else f"{name} IN ({', '.join(values)})"


def _number(name: str, cell: str, scale: int) -> str:
    if name in rules32.YES_NO:
        return name if cell == "yes" else f"NOT {name}"
    if ".." in cell:
        low, high = (int(each) * scale for each in cell.split(".."))
        return f"{name} BETWEEN {low} AND {high}"
    sign, _, bound = cell.rpartition(" ")
    return f"{name} {sign or '='} {int(bound) * scale}"


if __name__ == "__main__":
    print(told(in_spark(IN_SPARK)))
