"""A database that is full, or that somebody else holds: by its own means, and as a disk's quota does it."""

from __future__ import annotations

import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections, transaction

LARGEST_FILE = 24_000_000  # bytes of one table in PostgreSQL; its log is written in pieces of 16 MiB
PAGES = 40  # that SQLite may still add


@contextmanager
def full() -> Iterator[None]:
    """Let what this connection writes soon find no place: SQLite by its own bound, PostgreSQL by one of the system."""
    if connection.vendor == "sqlite":
        most = _asked("PRAGMA max_page_count")
        _asked(f"PRAGMA max_page_count = {_asked('PRAGMA page_count') + PAGES}")
        try:
            yield
        finally:
            _asked(f"PRAGMA max_page_count = {most}")
    else:
        _bound(f"{LARGEST_FILE}")
        try:
            yield
        finally:
            _bound("unlimited")


def _bound(size: str) -> None:
    """Let the server's process of this connection write into no file beyond so many bytes; it sets that itself."""
    pid = _asked("SELECT pg_backend_pid()")
    with connection.cursor() as cursor:  # the server's own user may, and nobody else
        cursor.execute(f"COPY (SELECT 1) TO PROGRAM 'prlimit --pid {pid} --fsize={size}:'")


@contextmanager
def no_larger_files(pid: int, size: int) -> Iterator[None]:
    """Let a process write into no file beyond so many bytes, as a quota does. Raises PermissionError."""
    soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def held_by_another(table: str) -> Iterator[None]:
    """Let another connection hold the table; this one waits for it for a fifth of a second."""
    _run("PRAGMA busy_timeout = 200", "SET lock_timeout = '200ms'")
    holds, ends = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                connection.cursor().execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
            holds.set()
            ends.wait(20)
        connections.close_all()

    other = threading.Thread(target=hold)
    other.start()
    assert holds.wait(20)
    try:
        yield
    finally:
        ends.set()
        other.join()
        _run("PRAGMA busy_timeout = 20000", "SET lock_timeout = 0")


def _asked(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


def _run(sqlite: str, postgresql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sqlite if connection.vendor == "sqlite" else postgresql)
