"""XLSX: one sheet of a workbook, read row by row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from tantam.history.imports.form import File
from tantam.history.imports.log import Log, Row, text_of
from tantam.history.imports.opened import BROKEN, unreadable
from tantam.plan.nearest import listed
from tantam.plan.words import Key

DAMAGED = (*BROKEN, KeyError, ValueError, ParseError, TypeError, IndexError, AttributeError)


@contextmanager
def workbook(file: Path, how: File) -> Iterator[Log]:
    """Yield the log in a sheet of the workbook `file`; the sheet's first row names the columns."""
    with ExitStack() as held:
        yield _opened(file, how, held)


def _opened(file: Path, how: File, held: ExitStack) -> Log:
    """Return the open log. held: closes it. The file is known by its bytes, whatever its name ends in."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(held.enter_context(file.open("rb")), read_only=True, data_only=True)
    except OSError as problem:
        raise unreadable("M20", file, problem=problem.strerror or str(problem)) from problem
    except (*DAMAGED, zipfile.BadZipFile) as problem:
        raise unreadable("M20", file, problem=Key("A_no_workbook")) from problem
    except Exception as problem:  # openpyxl has errors of its own for files that are none
        raise unreadable("M20", file, problem=str(problem).split("\n")[0]) from problem
    held.callback(book.close)
    sheet = _sheet(file, book, how.sheet)
    reached = [0]
    rows = _rows(file, sheet, reached)
    _, first = next(rows, (0, ()))
    # Columns beyond the last name are empty: workbooks count cells that were once formatted.
    columns = tuple(each.strip() for each in first)
    while columns and not columns[-1]:
        columns = columns[:-1]
    most = max(1, sheet.max_row or 1)
    fitting = ((number, _fitted(row, len(columns))) for number, row in rows)
    return Log(columns, chain(fitting), lambda: min(1.0, reached[0] / most))


def _sheet(file: Path, book: Any, name: str) -> Any:
    names = book.sheetnames
    if name and name not in names:
        raise unreadable("M26", file, name=name, allowed=listed(names))
    if not name and len(names) != 1:
        raise unreadable("M27", file, allowed=listed(names))
    return book[name or names[0]]


def _rows(file: Path, sheet: Any, reached: list[int]) -> Iterator[tuple[int, Row]]:
    number = 0
    try:
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            reached[0] = number
            cells = [text_of(each) for each in row]
            if any(cells):
                yield number, cells
    except DAMAGED as problem:
        raise unreadable("M24", file, number + 1, row=number) from problem


def _fitted(row: Row, columns: int) -> Row:
    """Return the row with a cell for each column: workbooks leave out empty cells at the end."""
    if any(row[columns:]):
        return row
    return [*row[:columns], *[""] * (columns - len(row))]
