"""Opens a log with the reader of its file's form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tantam.history.imports.csv_rows import csv_rows
from tantam.history.imports.form import File
from tantam.history.imports.log import Log
from tantam.history.imports.opened import kind_of, unreadable


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
            reader = csv_rows
    with reader(file, how) as found:
        names = [each for each in found.columns if each]
        if not names:
            raise unreadable("M21", file)
        for name in names:
            if names.count(name) > 1:
                raise unreadable("M25", file, name=name)
        yield found
