"""Opens a file as columns and rows, in whatever it is written."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from tantam.desk.imports.reading.csv_lines import csv_lines
from tantam.desk.imports.reading.table import How, Line, Table, Unreadable
from tantam.desk.imports.reading.vcards import COLUMNS, vcard_lines
from tantam.history.imports.form import File
from tantam.history.imports.workbook import workbook

MOST_COLUMNS = 300


@contextmanager
def opened(path: Path, how: How) -> Iterator[Table]:
    """Yield the table in the file; the first row of a CSV file or a sheet names the columns. Raises Unreadable."""
    match how.kind:
        case "xlsx":
            with _sheet(path, how) as table:
                yield table
        case "vcard":
            with _text(path, how) as (text, read):
                yield Table(COLUMNS, vcard_lines(text), read)
        case _:
            with _text(path, how) as (text, read):
                columns, lines = _columns(text, how.delimiter)
                yield Table(columns, _after_first(text, how.delimiter, (len(columns), lines)), read)


def sheets_of(path: Path) -> list[str]:
    """Return the names of a workbook's sheets; none of one that cannot be read."""
    from openpyxl import load_workbook

    try:
        with path.open("rb") as file:
            return list(load_workbook(file, read_only=True).sheetnames)
    except Exception:  # openpyxl has errors of its own for files that are none; who opens it says which
        return []


@contextmanager
def _text(path: Path, how: How) -> Iterator[tuple[io.TextIOWrapper, Callable[[], float]]]:
    try:
        raw = path.open("rb")
    except OSError as problem:
        raise Unreadable("gone", problem=problem.strerror or "") from problem
    with raw:
        size = max(1, os.fstat(raw.fileno()).st_size)
        try:
            text = io.TextIOWrapper(raw, encoding=how.encoding, errors="replace", newline="")
        except LookupError as unknown:
            raise Unreadable("encoding", encoding=how.encoding) from unknown
        yield text, lambda: min(1.0, raw.tell() / size)


def _columns(text: io.TextIOWrapper, delimiter: str) -> tuple[tuple[str, ...], int]:
    """Return the names of the columns, and how many lines stand before the rows; a line `sep=;` is passed over."""
    first, lines = next(csv_lines(text, delimiter), None), 1
    if first is not None and first.cells[:1] and first.cells[0].lower().startswith("sep="):
        first, lines = next(csv_lines(text, delimiter), None), 2
    if first is None or first.broken not in ("", "letters"):
        raise Unreadable("no_columns")
    columns = tuple(each.replace("\x00", "").strip() for each in first.cells)
    if len(columns) > MOST_COLUMNS:
        raise Unreadable("many_columns", most=str(MOST_COLUMNS))
    return columns, lines


def _after_first(text: io.TextIOWrapper, delimiter: str, head: tuple[int, int]) -> Iterator[Line]:
    """Yield the rows behind the names of the columns, by the lines of the file. head: how many columns, and lines."""
    width, before = head
    for line in csv_lines(text, delimiter, width=width):
        if line.broken != "empty":
            yield Line(line.number + before, line.cells, line.broken)


@contextmanager
def _sheet(path: Path, how: How) -> Iterator[Table]:
    from tantam.desk.plans import PlanUnreadable

    try:
        with workbook(path, File(sheet=how.sheet)) as log:
            lines = (_line(number, list(row), len(log.columns)) for number, row in log.rows)
            yield Table(log.columns, _failing(lines), log.read)
    except PlanUnreadable as problem:
        raise _of_workbook(problem) from problem


def _line(number: int, cells: list[str], width: int) -> Line:
    return Line(number, cells, "" if len(cells) == width else "long")


def _failing(lines: Iterator[Line]) -> Iterator[Line]:
    from tantam.desk.plans import PlanUnreadable

    try:
        yield from chain(lines)
    except PlanUnreadable as problem:
        raise _of_workbook(problem) from problem


def _of_workbook(problem: Exception) -> Unreadable:
    """Return what is wrong with a workbook, by the finding's code."""
    finding = problem.findings[0]  # type: ignore[attr-defined]
    match finding.code:
        case "M27":
            return Unreadable("which_sheet", allowed=str(finding.args.get("allowed", "")))
        case "M26":
            return Unreadable("no_sheet", allowed=str(finding.args.get("allowed", "")))
        case _:
            return Unreadable("no_workbook")
