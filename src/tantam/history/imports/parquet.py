"""Parquet: read by DuckDB a few thousand rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from tantam.history.imports.form import File
from tantam.history.imports.log import Log, Row, text_of
from tantam.history.imports.opened import unreadable
from tantam.history.store import connection
from tantam.history.store.parts import quoted

AT_ONCE = 5_000


@contextmanager
def parquet(file: Path, how: File) -> Iterator[Log]:
    """Yield the log in the Parquet file `file`. how: of no use here."""
    with connection() as own:
        try:
            with file.open("rb"):
                pass
            (most,) = own.execute(f"SELECT count(*) FROM read_parquet({quoted(file)})").fetchone() or (0,)
            found = own.execute(f"SELECT * FROM read_parquet({quoted(file)})")
        except OSError as problem:
            raise unreadable("M20", file, problem=problem.strerror or str(problem)) from problem
        except duckdb.Error as problem:
            raise unreadable("M20", file, problem=str(problem).split("\n")[0]) from problem
        reached = [0]
        columns = tuple(each[0] for each in found.description or ())
        yield Log(columns, _rows(file, found, reached), lambda: min(1.0, reached[0] / max(1, most)))


def _rows(file: Path, found: Any, reached: list[int]) -> Iterator[tuple[int, Row]]:
    try:
        while rows := found.fetchmany(AT_ONCE):
            for row in rows:
                reached[0] += 1
                yield reached[0] + 1, [text_of(each) for each in row]  # as if a first row named the columns
    except duckdb.Error as problem:
        raise unreadable("M24", file, reached[0] + 1, row=reached[0]) from problem
