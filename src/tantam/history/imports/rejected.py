"""The rows that are not in history, in a file that people open: row, column, value, reason, and the row itself."""

from __future__ import annotations

import csv
import heapq
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tantam.history.imports.log import Log
from tantam.history.imports.refused import Rejection
from tantam.history.imports.staging import read_rejections

HEADS = ("row", "column", "value", "code", "reason")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
NUMBER = re.compile(r"^[+-]?\d+([.,]\d+)?$")


def write_rejected(path: Path, found: Iterator[Rejection], log: Log, lang: str) -> None:
    """Write the rejected rows, whole or not at all. found: by row. log: read anew for the rows themselves."""
    new = path.with_name(f"{path.name}.new")
    with new.open("w", encoding="utf-8-sig", newline="") as file:  # the mark lets spreadsheets see UTF-8
        writer = csv.writer(file)
        writer.writerow([*HEADS, *map(harmless, log.columns)])
        rejection = next(found, None)
        for number, row in log.rows:
            while rejection is not None and rejection.row == number:
                told = (str(number), rejection.column, rejection.value, rejection.code, rejection.sentence(lang))
                writer.writerow([harmless(each) for each in (*told, *row)])
                rejection = next(found, None)
            if rejection is None:
                break
    os.replace(new, path)


def merged(files: Iterable[Path]) -> Iterator[Rejection]:
    """Yield the rejections of all files by row."""
    return heapq.merge(*map(read_rejections, files), key=lambda each: each.row)


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; a number stays one."""
    text = text.replace("\0", "")
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.match(text) else text


def reasons(files: Sequence[Path]) -> dict[str, int]:
    """Return how many rows were rejected for each reason."""
    counts: dict[str, int] = {}
    for each in merged(files):
        counts[each.code] = counts.get(each.code, 0) + 1
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
