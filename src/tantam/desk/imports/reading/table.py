"""An open file as columns and rows: the one form that everything after reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

SIGN = "\ufffd"  # stands where bytes could not be read


class Unreadable(Exception):
    """A file that cannot be read at all. code: of `wrongs.FILE_WRONGS`."""

    def __init__(self, code: str, **args: str) -> None:
        super().__init__(code)
        self.code, self.said = code, args


@dataclass(frozen=True, slots=True)
class How:
    """How a file is written. kind: csv, xlsx or vcard. encoding, delimiter: of csv. sheet: of xlsx."""

    kind: str
    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row. number: as a spreadsheet counts it, or of the line on which it begins. broken: why it cannot be read."""

    number: int
    cells: list[str]
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """An open file. lines: each once, never held together. read: the share of the file that was read, 0 to 1."""

    columns: tuple[str, ...]
    lines: Iterator[Line]
    read: Callable[[], float] = field(default=lambda: 0.0)


def ending(path: Path, name: str) -> str:
    """Return the ending of the name that the file came with, `.csv`."""
    return Path(name or path.name).suffix.lower()
