"""Rows and cells of a table in a plan's text: one line changes, and its columns stay in line where they can."""

from __future__ import annotations

from collections.abc import Sequence

from tantam.plan.files.nodes import Scalar
from tantam.plan.files.rows import Line, Rows, cells_of, rows_of

OTHERWISE = "otherwise"


def row_edited(text: str, node: Scalar, found: Sequence[str], value: str) -> str | None:
    """Return the text with a row, or the cell of a row, changed; None if it is not there.

    found: the row's name; and the column's, for one cell.
    """
    rows = rows_of(node)
    position = rows.find(found[0]) if rows else None
    if rows is None or position is None:
        return None
    line = rows.lines[position]
    cells = [value] if len(found) == 2 else cells_of(value)
    columns = [_column(rows, found[1])] if len(found) == 2 else list(range(len(line.cells)))
    if -1 in columns or max(columns, default=0) >= len(line.cells):
        return None
    if len(cells) == len(columns):
        new = line.text
        for column, cell in sorted(zip(columns, cells), reverse=True):
            new = _with_cell(new, line, column, cell)
    else:
        new = value.strip()
    start = _offset(text, line)
    return text[:start] + new + text[start + len(line.text) :]


def row_added(text: str, node: Scalar, value: str) -> str | None:
    """Return the text with one row more, at the end but before `otherwise`; None if there is no table."""
    rows = rows_of(node)
    if rows is None:
        return None
    last = next((each for each in rows.lines if each.name == OTHERWISE), None)
    if last:
        start = text.rfind("\n", 0, _offset(text, last)) + 1
        margin = text[start : _offset(text, last)]
        return text[:start] + margin + value.strip() + "\n" + text[start:]
    line = [each for each in rows.lines if each.cells][-1]
    start = text.rfind("\n", 0, _offset(text, line)) + 1
    margin, end = text[start : _offset(text, line)], text.find("\n", start)
    end = len(text) if end < 0 else end
    return text[:end] + "\n" + margin + value.strip() + text[end:]


def row_removed(text: str, node: Scalar, name: str) -> str | None:
    """Return the text without the line of the row; None if it is not there."""
    rows = rows_of(node)
    position = rows.find(name) if rows else None
    if rows is None or position is None:
        return None
    start = text.rfind("\n", 0, _offset(text, rows.lines[position])) + 1
    end = text.find("\n", start)
    return text[:start] + text[len(text) if end < 0 else end + 1 :]


def _column(rows: Rows, name: str) -> int:
    return rows.columns.index(name) if name in rows.columns else -1


def _with_cell(new: str, line: Line, column: int, cell: str) -> str:
    """Return the line with another cell; blanks behind it keep the next separator in its place if there are enough."""
    _, start, end = line.cells[column]
    ends = next((at for at in range(end, len(new)) if new[at] not in " \t"), len(new))
    room = ends - start if ends < len(new) else 0
    return new[:start] + (cell.ljust(room - 1) + " " if room else cell) + new[ends:]


def _offset(text: str, line: Line) -> int:
    at = 0
    for _ in range(line.place.line - 1):
        at = text.index("\n", at) + 1
    return at + line.place.column - 1
