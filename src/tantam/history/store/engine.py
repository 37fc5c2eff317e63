"""How every DuckDB of ours is set up: within bounds of memory and threads, in UTC, never looking for extensions."""

from __future__ import annotations

import secrets
import tempfile
from pathlib import Path

import duckdb

MEMORY, THREADS = "256MB", 2


def connect() -> duckdb.DuckDBPyConnection:
    """Return an empty database in memory. What does not fit goes to a directory of its own, for as long as needed."""
    spilled = Path(tempfile.gettempdir()) / f"tantam-history-{secrets.token_hex(6)}"
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
    # DuckDB guesses few rows before an ASOF JOIN and then walks all open hours for each: sorting is six times faster.
    own.execute("SET GLOBAL asof_loop_join_threshold = 0")
    return own
