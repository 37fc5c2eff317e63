"""A log as columns and rows of text, whatever its file: the one form that everything after reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from tantam.history.imports.form import File
from tantam.history.imports.opened import kind_of, unreadable

Row = Sequence[str]  # a cell for each column; "" where nothing stands. CSV rows may be shorter or longer


@dataclass(frozen=True, slots=True)
class Log:
    """An open log. rows: each once, with its number as a spreadsheet counts it. read: the share read so far."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[int, Row]]
    read: Callable[[], float]


@contextmanager
def log(file: Path, how: File) -> Iterator[Log]:
    """Yield the log in `file`. Raises PlanUnreadable, at once or while rows are read."""
    if file.is_dir():
        raise unreadable("M09", file)
    match kind_of(file):
        case ".xlsx":
            from tantam.history.imports.workbook import workbook as reader
        case ".xes":
            from tantam.history.imports.xes import xes as reader
        case ".parquet":
            from tantam.history.imports.parquet import parquet as reader
        case _:
            from tantam.history.imports.csv_rows import csv_rows as reader
    with reader(file, how) as found:
        names = [each for each in found.columns if each]
        if not names:
            raise unreadable("M21", file)
        for name in names:
            if names.count(name) > 1:
                raise unreadable("M25", file, name=name)
        yield found


def text_of(value: object) -> str:
    """Return a typed cell as text: instants and days in ISO 8601, yes and no as true and false."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            return value.decode("utf-8", "replace")
        case _:
            return str(value)
