"""Lets one transaction at a time do what no row can be locked for, because there is none yet."""

from __future__ import annotations

import hashlib

from django.db import connection


def one_at_a_time(key: str) -> None:
    """Wait until no other transaction holds `key`, and hold it until this one ends.

    SQLite lets in one writer at a time anyway; on PostgreSQL it is an advisory lock.
    """
    if connection.vendor != "postgresql":
        return
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
