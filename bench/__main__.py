"""Prints all rows as one table; a name runs only that module.

With `--write FILE` they are also kept as Markdown: a row takes the place of the one that asked the same before.
"""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from bench import Row

MODULES = (
    "check_plan",
    "checks",
    "decision",
    "columns",
    "sql",
    "open_hours",
    "complaint",
    "importing",
    "mail",
    "inbox",
    "chat",
    "sizes",
    "real_log",
    "measures",
    "memory",
)
HEAD = ("what", "ours", "rival", "ratio", "note")
UNITS = {
    "s": (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9)),
    "B": (("GB", 1e9), ("MB", 1e6), ("kB", 1e3), ("B", 1.0)),
}

Cells = tuple[str, str, str, str, str]


def main(arguments: Sequence[str]) -> None:
    """Run the modules that the arguments name, or all."""
    write = None
    names = list(arguments)
    if "--write" in names:
        at = names.index("--write")
        write = Path(names[at + 1])
        del names[at : at + 2]
    lines = []
    for name in names or MODULES:
        for row in _rows(name):
            lines.append(_cells(row))
            print(" | ".join(lines[-1]), file=sys.stderr, flush=True)
    print(_table(lines))
    if write:
        before = write.read_text(encoding="utf-8").splitlines() if names and write.exists() else []
        write.write_text(_page(_kept(before, lines)), encoding="utf-8")


def _rows(name: str) -> Iterable[Row]:
    print(f"{name} …", file=sys.stderr, flush=True)
    yield from import_module(f"bench.{name}").rows()


def _table(rows: Sequence[Cells]) -> str:
    lines = [HEAD, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(5)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)


def _kept(before: Iterable[str], rows: Sequence[Cells]) -> list[Cells]:
    """Return the rows of a page written before, each with what was measured anew, and then what it did not have."""
    measured = {_asked(each): each for each in rows}
    cells = [line.strip("| ").split(" | ") for line in before if line.startswith("| ")][1:]
    there = [(what, ours, rival, ratio, note) for what, ours, rival, ratio, note in cells]
    return [measured.pop(_asked(each), each) for each in there] + list(measured.values())


def _asked(row: Cells) -> tuple[str, str]:
    """Return what tells one row from another: the question, and whom it is measured against."""
    return row[0], re.split("[;,]", row[4])[0]


def _page(rows: Sequence[Cells]) -> str:
    lines = [
        "# What we are measured against",
        "",
        "Written by `make bench`: medians of runs taken in turns, in one process run on one machine. A ratio above 1",
        "means that ours is faster, or smaller. Only ratios travel; seconds are this machine's.",
        "`python -m bench NAME --write docs/benchmarks.md` measures a part of it anew.",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "",
        f"| {' | '.join(HEAD)} |",
        "|---|--:|--:|--:|---|",
        *(f"| {' | '.join(each)} |" for each in rows),
        "",
    ]
    return "\n".join(lines)


def _cells(row: Row) -> Cells:
    ratio = f"{row.ratio:.2g}" if row.ratio and row.ratio < 10 else f"{row.ratio:.0f}" if row.ratio else "–"
    return row.what, _amount(row.ours, row.unit), _amount(row.rival, row.unit), ratio, row.note


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    name, size = next(((name, size) for name, size in UNITS[unit] if value >= size), UNITS[unit][-1])
    return f"{value / size:.3g} {name}"


if __name__ == "__main__":
    main(sys.argv[1:])
