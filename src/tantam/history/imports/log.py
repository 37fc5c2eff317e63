"""A log as columns and rows of text, whatever its file: the one form that everything after reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

Row = Sequence[str]  # a cell for each column; "" where nothing stands. CSV rows may be shorter or longer


@dataclass(frozen=True, slots=True)
class Log:
    """An open log. rows: each once, with its number as a spreadsheet counts it. read: the share read so far."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[int, Row]]
    read: Callable[[], float]


def text_of(value: object) -> str:
    """Return a typed cell as text: instants and days in ISO 8601, yes and no as true and false."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            return value.decode("utf-8", "replace")
        case _:
            return str(value)
