"""Prints all rows as one table; with `--write FILE` also keeps them as Markdown. A name runs only that module."""

from __future__ import annotations

import os
import platform
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
    "inbox",
    "sizes",
    "real_log",
    "measures",
)


def main(arguments: Sequence[str]) -> None:
    """Run the modules that the arguments name, or all."""
    write = None
    names = list(arguments)
    if "--write" in names:
        at = names.index("--write")
        write = Path(names[at + 1])
        del names[at : at + 2]
    rows = [row for name in names or MODULES for row in _rows(name)]
    print(_table(rows))
    if write:
        write.write_text(_page(rows), encoding="utf-8")


def _rows(name: str) -> Iterable[Row]:
    print(f"{name} …", file=sys.stderr, flush=True)
    yield from import_module(f"bench.{name}").rows()


def _table(rows: Sequence[Row]) -> str:
    lines = [("what", "ours", "rival", "ratio", "note"), *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(5)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)


def _page(rows: Sequence[Row]) -> str:
    lines = [
        "# What we are measured against",
        "",
        "Written by `make bench`: medians of runs taken in turns, in one process run on one machine. A ratio above 1",
        "means that ours is faster. Only ratios travel; seconds are this machine's.",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "",
        "| what | ours | rival | ratio | note |",
        "|---|--:|--:|--:|---|",
        *("| " + " | ".join(_cells(row)) + " |" for row in rows),
        "",
    ]
    return "\n".join(lines)


def _cells(row: Row) -> tuple[str, str, str, str, str]:
    ratio = f"{row.ratio:.2g}" if row.ratio and row.ratio < 10 else f"{row.ratio:.0f}" if row.ratio else "–"
    return row.what, _time(row.ours), _time(row.rival), ratio, row.note


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


if __name__ == "__main__":
    main(sys.argv[1:])
