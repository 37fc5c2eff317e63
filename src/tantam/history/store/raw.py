"""Rows as the desk's database keeps them, turned into columns by the one definition of wide.sql."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import numpy as np

from tantam.history.events import create

AT_ONCE = 50_000


class Row(NamedTuple):
    """One row of the desk's events. written: the instant in UTC as text without a zone. args: JSON text."""

    id: int
    case_id: int
    written: str
    code: str
    args: str
    actor: str
    person_id: int | None
    plan_version_id: int
    clause: str
    handling_seconds: int | None


_TEXT = ("written", "code", "args", "actor", "clause")


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    """Append rows, each in the order of Row, to a table made by `events.create`; AT_ONCE of them are in memory."""
    coming = iter(rows)
    while some := list(islice(coming, AT_ONCE)):
        raw = _columns(some)  # noqa: F841 - DuckDB finds it by this name
        connection.execute(f"INSERT INTO {table} BY NAME {_wide()}")


def load(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    """Let a table of events hold these rows alone; it is made if it is not there."""
    connection.execute(create(table).replace("CREATE TABLE", "CREATE OR REPLACE TABLE", 1))
    insert(connection, table, rows)


def _columns(rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Return the rows as one array a column, which DuckDB reads without a detour over text."""
    return {
        name: np.array(values, dtype=object) if name in _TEXT else _whole(values)
        for name, values in zip(Row._fields, zip(*rows, strict=True), strict=True)
    }


def _whole(values: Sequence[int | None]) -> Any:
    if None not in values:
        return np.array(values, dtype=np.int64)
    missing = [each is None for each in values]
    return np.ma.masked_array(np.array([each or 0 for each in values], dtype=np.int64), mask=missing)


@cache
def _wide() -> str:
    return (Path(__file__).parent / "wide.sql").read_text(encoding="utf-8")
