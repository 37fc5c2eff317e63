"""How every DuckDB of ours is set up: within bounds of memory and threads, in UTC, never looking for extensions."""

from __future__ import annotations

from pathlib import Path

import duckdb

MEMORY, THREADS = "256MB", 2


def connect(spilled: Path) -> duckdb.DuckDBPyConnection:
    """Return an empty database in memory. spilled: where it puts aside what does not fit."""
    own = duckdb.connect(
        config={
            "memory_limit": MEMORY,
            "threads": str(THREADS),
            "temp_directory": str(spilled),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
    )
    own.execute("SET GLOBAL TimeZone = 'UTC'")
    return own
