"""Reads a database's address: `sqlite:///path` or `postgresql://user:password@host:port/name?socket=/dir`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"  # what was acknowledged survives a power cut
    "PRAGMA busy_timeout = 20000;"
    "PRAGMA mmap_size = 134217728;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -65536;"
    "PRAGMA secure_delete = ON;"  # what was deleted is written over
)


def fold_log() -> bool:
    """Write SQLite's log into its file and empty it; return False where somebody is at it, for another try.

    Outside a transaction: within one it is always the caller who is at it.
    """
    from django.db import OperationalError, connection

    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except OperationalError:
            return False
        return bool(cursor.fetchone()[0] == 0)


def database_of(address: str) -> dict[str, Any]:
    """Return Django's settings for the database at `address`. Raises ValueError for any other scheme."""
    parts = urlsplit(address)
    match parts.scheme:
        case "sqlite":
            return _sqlite(parts.path[1:])
        case "postgresql" | "postgres":
            return _postgresql(parts)
        case other:
            raise ValueError(
                f"TANTAM_DATABASE_URL begins with {other!r}; "
                "write sqlite:///path/to/file or postgresql://user:password@host/name."
            )


def _sqlite(path: str) -> dict[str, Any]:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
        "TEST": {"NAME": f"{path}.test"},  # a file too: in memory, two writers would not wait for each other
    }


def _postgresql(parts: Any) -> dict[str, Any]:
    socket = parse_qs(parts.query).get("socket", [""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": socket or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
