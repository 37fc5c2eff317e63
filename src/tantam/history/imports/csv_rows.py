"""CSV: rows of text, never held together."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tantam.history.imports.form import File
from tantam.history.imports.log import Log, Row
from tantam.history.imports.opened import BROKEN, opened, unreadable

LARGEST_CELL = 1_000_000  # characters


@contextmanager
def csv_rows(file: Path, how: File) -> Iterator[Log]:
    """Yield the CSV log in `file`; its first row names the columns."""
    try:
        name = codecs.lookup(how.encoding).name
        codecs.getincrementaldecoder(name)
        "".encode(name)
    except LookupError as unknown:
        raise unreadable("M23", file, encoding=how.encoding) from unknown
    csv.field_size_limit(LARGEST_CELL)
    with opened(file) as found:
        encoding = "utf-8-sig" if name == "utf-8" else name
        text = io.TextIOWrapper(found.stream, encoding=encoding, newline="")
        rows = _rows(file, csv.reader(text, delimiter=how.delimiter), how.encoding)
        try:
            _, first = next(rows, (0, []))
            yield Log(tuple(each.strip() for each in first), rows, found.read)
        finally:
            text.detach()


def _rows(file: Path, reader: Iterator[list[str]], encoding: str) -> Iterator[tuple[int, Row]]:
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if row:  # an empty line is no row
                yield number, row
    except UnicodeError as problem:
        raise unreadable("M22", file, number + 1, encoding=encoding, row=number + 1) from problem
    except csv.Error as problem:
        if "field larger" in str(problem):
            raise unreadable("M34", file, number + 1, row=number + 1, most=LARGEST_CELL) from problem
        raise unreadable("M20", file, number + 1, problem=str(problem)) from problem
    except BROKEN as problem:
        if not number:
            raise unreadable("M20", file, problem=str(problem)) from problem
        raise unreadable("M24", file, number + 1, row=number) from problem
    except OSError as problem:
        raise unreadable("M20", file, number + 1, problem=problem.strerror or str(problem)) from problem
