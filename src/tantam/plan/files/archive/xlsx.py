"""An archive as a spreadsheet: a row for each text, a column for each language. Nothing in it is ever a formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from tantam.plan.errors import Finding, Place, PlanUnreadable
from tantam.plan.files.archive.rows import Archived, Cell, Row
from tantam.plan.files.sources import trouble

CLAUSE, WHERE, STATE = "clause", "where", "state"
MISSING, STALE = "missing", "stale"
MOST_ROWS = 20_000
WIDE, NARROW = 60, 28  # letters
FORMULA = ("=", "+", "-", "@", "\t", "\r")
SHADES = {MISSING: PatternFill("solid", "FFF3CD"), STALE: PatternFill("solid", "F8D7DA")}


def written(rows: Sequence[Row], languages: Sequence[str]) -> bytes:
    """Return the workbook. languages: the columns, the company's own first."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "texts"
    heads = [CLAUSE, WHERE, *languages, STATE]
    for column, name in enumerate(heads, 1):
        _put(sheet, 1, column, name)
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = WIDE if name in languages else NARROW
    for number, row in enumerate(rows, 2):
        _put(sheet, number, 1, row.clause)
        _put(sheet, number, 2, f"{row.where.file}:{row.where.line}")
        for column, language in enumerate(languages, 3):
            _put(sheet, number, column, row.words if language == row.language else row.cells[language].words)
            if state := _state(row.cells.get(language)):
                sheet.cell(number, column).fill = SHADES[state]
        _put(sheet, number, len(heads), _states(row.cells))
    sheet.freeze_panes = "C2"
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(name: str, raw: bytes, own: str) -> tuple[list[Archived], list[Finding]]:
    """Return what the workbook says, and the cells that hold formulas. Raises PlanUnreadable if it is none."""
    try:
        book = load_workbook(BytesIO(raw), read_only=True)
        sheet: Any = book.worksheets[0]
        cells = sheet.iter_rows(max_row=MOST_ROWS)
        heads = [str(each.value or "").strip() for each in next(cells)]
        lines = [list(each) for each in cells]
    except Exception as problem:  # openpyxl has errors of its own for files that are none
        raise PlanUnreadable([trouble("F43", name, problem=str(problem) or type(problem).__name__)]) from problem
    if CLAUSE not in heads or own not in heads:
        raise PlanUnreadable([trouble("F43", name, problem=f"{CLAUSE}, {own} ?")])
    findings: list[Finding] = []
    found = []
    for number, line in enumerate(lines, 2):
        values: _Line = {}
        for column, (head, cell) in enumerate(zip(heads, line), 1):
            if cell.data_type == "f":
                at = f"{get_column_letter(column)}{number}"
                findings.append(trouble("F44", name, number, column, cell=at))
            elif cell.value is not None:
                values[head] = str(cell.value), Place(name, number, column)
        if _of(values, CLAUSE).strip():
            found.append(_archived(values, own))
    return found, findings


_Line = dict[str, tuple[str, Place]]  # by the head of the column; only what is filled in


def _archived(line: _Line, own: str) -> Archived:
    state = _of(line, STATE)
    into = {
        head: (Cell(words, f"{STALE}: {head}" in state), place)
        for head, (words, place) in line.items()
        if head not in (CLAUSE, WHERE, STATE, "")
    }
    return Archived(_of(line, CLAUSE), _of(line, own), into)


def _of(line: _Line, head: str) -> str:
    return line[head][0] if head in line else ""


def _put(sheet: Any, row: int, column: int, text: str) -> None:
    """Write a text that stays one, whatever it begins with: spreadsheets take `=`, `+`, `-` and `@` for a formula."""
    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(FORMULA)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _state(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return STALE if cell.stale else "" if cell.words else MISSING


def _states(cells: Mapping[str, Cell]) -> str:
    return ", ".join(f"{state}: {language}" for language, cell in cells.items() if (state := _state(cell)))
