"""CSV of any delimiter: a broken row costs itself alone, and never more memory than one row."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from typing import TextIO

from tantam.desk.imports.reading.table import SIGN, Line

MOST_LETTERS = 200_000  # of one row
MOST_LINES = 200  # of one row: a quote that is never closed swallows no more than it can give back


class Lines:
    """The lines of a text one at a time, some of which can be put back. number: of the line that was read last."""

    def __init__(self, text: TextIO) -> None:
        self.text, self.number = text, 0
        self._back: deque[str] = deque()

    def next(self) -> str | None:
        """Return the next line with its end, None at the end of the text; of one that is too long the beginning."""
        if self._back:
            self.number += 1
            return self._back.popleft()
        line = self.text.readline(MOST_LETTERS + 1)
        if not line:
            return None
        self.number += 1
        if len(line) > MOST_LETTERS:
            self._skip(line)
        return line

    def back(self, lines: list[str]) -> None:
        """Let these lines, read last, be read again."""
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)

    def _skip(self, line: str) -> None:
        while line and not line.endswith(("\n", "\r")):
            line = self.text.readline(MOST_LETTERS)


def csv_lines(text: TextIO, delimiter: str, *, width: int = 0) -> Iterator[Line]:
    """Yield the rows of a CSV text, each broken one by itself. width: how many cells a row has, 0 for any.

    A row that goes over several lines counts only if it closes its quotes and has as many cells as it should: else
    its first line is broken, and the next one begins a row of its own.
    """
    lines = Lines(text)
    while (line := lines.next()) is not None:
        number = lines.number
        if len(line) > MOST_LETTERS:
            yield Line(number, [line[:200]], "too_long")
        elif '"' in line and _is_open(line, delimiter):
            yield _over_lines(lines, (number, line), delimiter, width)
        elif cells := _cells(line, delimiter):
            yield _fitting(Line(number, cells), width)


def _over_lines(lines: Lines, first: tuple[int, str], delimiter: str, width: int) -> Line:
    """Return the row that opens a quote in its first line."""
    number, line = first
    more: list[str] = []
    size = len(line)
    while len(more) < MOST_LINES and size <= MOST_LETTERS:
        after = lines.next()
        if after is None:
            break
        more.append(after)
        size += len(after)
        if '"' not in after:
            continue
        whole = line + "".join(more)
        if not _is_open(whole, delimiter):
            try:
                cells = next(csv.reader([whole], delimiter=delimiter, strict=True))
            except csv.Error:
                break
            if not width or len(cells) == width:
                return _fitting(Line(number, cells), width)
            break
    lines.back(more)
    return Line(number, _cells(line, delimiter), "open_quote")


def _cells(line: str, delimiter: str) -> list[str]:
    """Return the cells of a line; none of an empty one."""
    bare = line.rstrip("\r\n")
    if not bare:
        return []
    if '"' not in bare:
        return bare.split(delimiter)
    return next(csv.reader([bare], delimiter=delimiter))


def _fitting(line: Line, width: int) -> Line:
    """Return the row with as many cells as there are columns, or broken."""
    cells, number = line.cells, line.number
    if not any(map(str.strip, cells)):
        return Line(number, [], "empty")
    if any(SIGN in each for each in cells):
        return Line(number, cells, "letters")
    if not width or len(cells) == width:
        return line
    if len(cells) > width and not any(map(str.strip, cells[width:])):
        return Line(number, cells[:width])
    return Line(number, cells, "short" if len(cells) < width else "long")


def _is_open(text: str, delimiter: str) -> bool:
    """Whether a quote that opens a cell is not closed. A quote inside a bare cell is a letter like others."""
    at, end = 0, len(text)
    while at < end:
        if text[at] == '"':
            at = _closed(text, at + 1)
            if at < 0:
                return True
        at = text.find(delimiter, at)
        if at < 0:
            return False
        at += 1
    return False


def _closed(text: str, at: int) -> int:
    """Return the place behind the quote that closes the cell, -1 if none does."""
    while True:
        at = text.find('"', at)
        if at < 0 or text[at + 1 : at + 2] != '"':
            return at + 1 if at >= 0 else -1
        at += 2
