"""The same table in databases: as masks, as our engine says it, against the CASE that people write by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import Row, paired, rules32

IN_DUCKDB = 10_000_000
IN_SPARK = 4_000_000  # Spark's CASE takes minutes for more
ROUNDS = 3


def rows() -> Iterator[Row]:
    """Yield a row for each database; Spark in a process of its own, for its Java outlives it."""
    yield in_duckdb(IN_DUCKDB)
    told = subprocess.run(
        [sys.executable, "-m", "bench.sql"],
        cwd=Path(__file__).parent.parent,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    for line in told.stdout.splitlines():
        yield Row(**json.loads(line))


def in_duckdb(n: int) -> Row:
    """Return DuckDB's row: words as ENUM, one thread."""
    import duckdb

    with duckdb.connect(config={"threads": 1}) as connection:
        _fill(connection, n, enum=True)

        def ask(sql: str) -> list[tuple[Any, ...]]:
            found: list[tuple[Any, ...]] = connection.execute(_total(sql)).fetchall()
            return found

        return _compared(f"{n:,} cases in DuckDB, one thread", "duckdb", ask, "DuckDB CASE on ENUM")


def in_spark(n: int) -> Row:
    """Return Spark's row: one core, all settings as Spark has them; the facts are in memory."""
    import duckdb
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[1]").appName("bench").config("spark.ui.enabled", "false")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "facts.parquet"
        with duckdb.connect() as connection:
            _fill(connection, n, enum=False)
            connection.execute(f"COPY facts TO '{file}' (FORMAT parquet)")
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        session.read.parquet(str(file)).coalesce(1).createOrReplaceTempView("facts")
        session.sql("CACHE TABLE facts")
        row = _compared(
            f"{n:,} cases in Spark, one core",
            "spark",
            lambda sql: [tuple(each) for each in session.sql(_total(sql)).collect()],
            "Spark CASE, default settings",
        )
        session.stop()
    return row


def _compared(what: str, dialect: str, ask: Callable[[str], list[tuple[Any, ...]]], rival: str) -> Row:
    from tantam.plan.tables.sql import Dialect, Facts, Manner, sql_of

    bits = sql_of(rules32.table(), rules32.scope(), Dialect(dialect), Manner.BITS, Facts(complete=True)).sql
    case = written_case()
    differ = "the same" if ask(bits) == ask(case) else "OTHER"
    note = f"{rival}; {differ} answers in all"
    return paired(f"a table decided: {what}", lambda: ask(bits), lambda: ask(case), rounds=ROUNDS, note=note)


def _total(sql: str) -> str:
    """Return a question that needs every answer and tells whether they are the same."""
    return f"SELECT count(*), sum(rule), sum(rule * rule * (owned + 1)) FROM (\n{sql}\n) AS answers"


def _fill(connection: Any, n: int, *, enum: bool) -> None:
    """Make the table `facts` of the cases; money in cents."""
    connection.register("codes", rules32.columns(n))
    columns = []
    for name in rules32.INPUTS:
        if name in rules32.VALUES:
            words = ", ".join(f"'{each}'" for each in rules32.VALUES[name])
            if enum:
                connection.execute(f"CREATE TYPE {name}_words AS ENUM ({words})")
            columns.append(f"[{words}][{name} + 1]{f'::{name}_words' if enum else ''} AS {name}")
        elif name in rules32.YES_NO:
            columns.append(f"{name} = 1 AS {name}")
        else:
            columns.append(f"{name} * 100 AS {name}" if name == "price" else name)
    connection.execute(f"CREATE TABLE facts AS SELECT {', '.join(columns)} FROM codes")


def written_case() -> str:
    """Return the table as one writes it by hand: a WHEN for each row."""
    lines = []
    for number, (_, cells, _) in enumerate(rules32.rules(), 1):
        tests = [_test(name, cell) for name, cell in cells.items() if cell != "-"]
        lines.append(f"WHEN {' AND '.join(tests) or 'TRUE'} THEN {number}")
    return "SELECT owned, CASE\n" + "\n".join(lines) + "\nELSE -1 END AS rule FROM facts"


def _test(name: str, cell: str) -> str:
    if name in rules32.YES_NO:
        return name if cell == "yes" else f"NOT {name}"
    if name in rules32.VALUES:
        words = [f"'{each}'" for each in cell.split(", ")]
        return f"{name} = {words[0]}" if len(words) == 1 else f"{name} IN ({', '.join(words)})"
    scale = 100 if name == "price" else 1
    if ".." in cell:
        low, high = (int(each) * scale for each in cell.split(".."))
        return f"{name} BETWEEN {low} AND {high}"
    sign, _, bound = cell.rpartition(" ")
    return f"{name} {sign or '='} {int(bound) * scale}"


if __name__ == "__main__":
    told = in_spark(IN_SPARK)
    print(json.dumps({name: getattr(told, name) for name in Row.__slots__}))
