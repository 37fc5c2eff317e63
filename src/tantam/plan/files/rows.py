"""A table's text as lines with names: enough to replace a row or a cell; what cells mean is read elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tantam.plan.errors import Place
from tantam.plan.files.nodes import Scalar

SEPARATOR = re.compile(r"\||=>")
# An apostrophe inside a word ("the customer's order") opens nothing.
QUOTED = re.compile(r"(?<!\w)'(?:[^']|'')*'(?!\w)")
COMMENT = re.compile(r"(?:^|\s)#")
REMOVED = "~"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table. cells: their text, trimmed, and where each begins and ends in the line; none if blank.

    name: of a row, what it is found by: its `row` cell, or its conditions; "" for the head and blank lines.
    """

    text: str
    place: Place
    cells: tuple[tuple[str, int, int], ...]
    name: str = ""

    def removes(self, wide: int) -> bool:
        """Return whether the row says `~` instead of answers; wide: how many cells name it."""
        return [cell for cell, _, _ in self.cells[wide:]] == [REMOVED]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table's lines. head: its first line with cells; wide: how many cells of a row are its name."""

    lines: tuple[Line, ...]
    head: Line
    columns: tuple[str, ...]
    wide: int

    def find(self, name: str) -> int | None:
        """Return the position of the line of the row of that name, or None."""
        return next((at for at, each in enumerate(self.lines) if each.name == name), None)

    def names(self) -> list[str]:
        """Return the names of the rows, in order."""
        return [each.name for each in self.lines if each.name]


def rows_of(node: Scalar) -> Rows | None:
    """Return the table that a block of text writes, or None if it writes none."""
    if node.block != "|":
        return None
    lines = [_line(text, _place(node, at)) for at, text in enumerate(node.text.splitlines())]
    head = next((each for each in lines if each.cells), None)
    if head is None or not ("=>" in head.text or "\\" in head.text):
        return None
    columns = tuple(cell for cell, _, _ in head.cells)
    wide = _wide(head, columns)
    found = [replace(each, name=_name(each, columns, wide)) if each is not head else each for each in lines]
    return Rows(tuple(found), head, columns, wide)


def cells_of(row: str) -> list[str]:
    """Return the cells of one line, trimmed."""
    return [cell for cell, _, _ in _line(row, Place("", 1, 1)).cells]


def written(node: Scalar, lines: list[Line]) -> Scalar:
    """Return the block with these lines, each known to stand where it was written."""
    text = "".join(f"{each.text}\n" for each in lines)
    return replace(node, text=text, lines=tuple(each.place for each in lines))


def _place(node: Scalar, at: int) -> Place:
    if at < len(node.lines):
        return node.lines[at]
    return Place(node.place.file, node.place.line + at, node.place.column)


def _line(text: str, place: Place) -> Line:
    hidden = [match.span() for match in QUOTED.finditer(text)]

    def shown(match: re.Match[str]) -> bool:
        return not any(begin < match.end() - 1 < end for begin, end in hidden)

    ends = next((each.start() for each in COMMENT.finditer(text) if shown(each)), len(text))
    if not text[:ends].strip():
        return Line(text, place, ())
    cuts = [each.span() for each in SEPARATOR.finditer(text, 0, ends) if shown(each)]
    starts, stops = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), ends]
    return Line(text, place, tuple(_cell(text, start, stop) for start, stop in zip(starts, stops)))


def _cell(text: str, start: int, stop: int) -> tuple[str, int, int]:
    piece = text[start:stop]
    begins = start + len(piece) - len(piece.lstrip())
    return piece.strip(), begins, max(begins, start + len(piece.rstrip()))


def _wide(head: Line, columns: tuple[str, ...]) -> int:
    """Return how many cells name a row: the `row` cell, a cross table's first, else all conditions."""
    arrow = head.text.find("=>")
    if arrow < 0 or columns[0] == "row":
        return 1
    return sum(1 for _, start, _ in head.cells if start < arrow)


def _name(line: Line, columns: tuple[str, ...], wide: int) -> str:
    if not line.cells:
        return ""
    cells = [" ".join(cell.split()) for cell, _, _ in line.cells]
    if wide > 1 and cells[0] == "otherwise":
        return cells[0]
    return " | ".join(cells[:wide])
