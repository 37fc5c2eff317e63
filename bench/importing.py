"""Customers taken in from a file, a thousand rows at a time, against the same rows bulk-inserted by bare Django."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from bench import Row, rows_of_process


def rows() -> Iterator[Row]:
    """Yield a row for new customers, and one for a file that was taken in before; seconds a row, on SQLite."""
    with tempfile.TemporaryDirectory(prefix="tantam-bench-") as home:
        yield from rows_of_process("bench.importing_once", {"TANTAM_HOME": home, "TANTAM_DATABASE_URL": ""})
