"""Reads a text table into cells with their places; knows rows and columns, not what they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tantam.plan.errors import Finding, Place
from tantam.plan.tables.findings import beyond, finding

OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one cell, trimmed, and where its first character stands in the file."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Head:
    """inputs and outputs as written; in a cross table inputs are the two terms and outputs the column values."""

    inputs: tuple[Cell, ...]
    outputs: tuple[Cell, ...]
    cross: bool
    place: Place


@dataclass(frozen=True, slots=True)
class RowText:
    """One row. name: of its `row` column, else None. `otherwise` is a single condition for all columns."""

    name: Cell | None
    conditions: tuple[Cell, ...]
    outputs: tuple[Cell, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class TableText:
    """A table as written; rows that do not fit their head are left out and have a finding."""

    head: Head
    rows: tuple[RowText, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class _Line:
    """The cells of one line; arrow: how many stand before `=>`, -1 without one, -2 with several."""

    cells: tuple[Cell, ...]
    arrow: int
    place: Place


SEPARATOR = re.compile(r"\||=>")
NO_ARROW, MANY_ARROWS = -1, -2


def read_table(text: str, place: Place, lines_at: Sequence[Place] = ()) -> tuple[TableText | None, list[Finding]]:
    """Return the table and its findings; None if it has no head to read it by.

    place: the first character of the text's first line; the following lines begin in the same column, unless
    `lines_at` says of each where it begins."""
    lines = [line for line in _lines(text, place, lines_at) if line.cells]
    if not lines:
        return None, [finding("T01", place)]
    head, named, findings = _read_head(lines[0])
    if head is None:
        return None, findings
    rows: list[RowText] = []
    for line in lines[1:]:
        row, wrong = _read_row(line, head, named)
        findings += wrong
        rows += [row] if row else []
    if len(lines) == 1:
        findings.append(finding("T01", place))
    return TableText(head, tuple(rows), place), findings


def _lines(text: str, place: Place, at: Sequence[Place]) -> list[_Line]:
    return [
        _line(content, at[number] if at else Place(place.file, place.line + number, place.column))
        for number, content in enumerate(text.splitlines())
    ]


def _line(text: str, place: Place) -> _Line:
    """Cut one line at `|` and `=>`, outside quotes; without its comment."""
    text = _without_comment(text)
    if not text.strip():
        return _Line((), NO_ARROW, place)
    cells: list[Cell] = []
    arrow, start, hidden = NO_ARROW, 0, _quoted(text)
    for match in SEPARATOR.finditer(text):
        if any(begin < match.start() < end for begin, end in hidden):
            continue
        cells.append(_cell(text, start, match.start(), place))
        start = match.end()
        if match.group() == "=>":
            arrow = len(cells) if arrow == NO_ARROW else MANY_ARROWS
    cells.append(_cell(text, start, len(text), place))
    return _Line(tuple(cells), arrow, cells[0].place)


def _cell(text: str, start: int, end: int, line: Place) -> Cell:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip()) if piece.strip() else min(1, len(piece))
    return Cell(piece.strip(), beyond(line, start + lead))


def _without_comment(text: str) -> str:
    hidden = _quoted(text)
    for index, character in enumerate(text):
        starts = character == "#" and (index == 0 or text[index - 1].isspace())
        if starts and not any(begin < index < end for begin, end in hidden):
            return text[:index]
    return text


# An apostrophe inside a word ("the customer's order") opens nothing.
QUOTED = re.compile(r"(?<!\w)'(?:[^']|'')*'(?!\w)")


def _quoted(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in QUOTED.finditer(text)]


def _read_head(line: _Line) -> tuple[Head | None, bool, list[Finding]]:
    """Return the head without its `row` column, whether it had one, and findings."""
    cells = list(line.cells)
    if line.arrow == MANY_ARROWS:
        return None, False, [finding("T25", line.place)]
    findings = [finding("T04", cell.place) for cell in cells if not cell.text]
    if findings:
        return None, False, findings
    first = cells[0]
    if line.arrow == NO_ARROW:
        row, cross, column = first.text.partition("\\")
        if not (cross and row.strip() and column.strip()) or len(cells) == 1:
            return None, False, [finding("T02", line.place)]
        lead = len(row) + 1 + len(column) - len(column.lstrip())
        terms = (Cell(row.strip(), first.place), Cell(column.strip(), beyond(first.place, lead)))
        return Head(terms, tuple(cells[1:]), True, line.place), False, []
    named = first.text == "row" and line.arrow > 1
    inputs, outputs = tuple(cells[named : line.arrow]), tuple(cells[line.arrow :])
    return Head(inputs, outputs, False, line.place), named, []


def _read_row(line: _Line, head: Head, named: bool) -> tuple[RowText | None, list[Finding]]:
    if line.arrow == MANY_ARROWS:
        return None, [finding("T25", line.place)]
    findings = [finding("T04", cell.place) for cell in line.cells if not cell.text]
    if findings:
        return None, findings
    name = line.cells[0] if named else None
    cells = line.cells[1:] if named else line.cells
    wide = 1 if head.cross else len(head.inputs)
    inputs, outputs = cells[:wide], cells[wide:]
    if len(cells) != wide + len(head.outputs):
        ends = next((i + 1 for i, cell in enumerate(cells[:wide]) if cell.text == OTHERWISE), 0)
        if not ends or len(cells) - ends != len(head.outputs):
            args = {"got": str(len(line.cells)), "allowed": str(wide + len(head.outputs) + named)}
            return None, [finding("T03", line.place, **args)]
        inputs, outputs = cells[:ends], cells[ends:]
    if line.arrow >= 0 and line.arrow != len(inputs) + named:
        return None, [finding("T25", line.place)]
    return RowText(name, inputs, outputs, line.place), []
