"""One Parquet file of events: written sorted and whole, described, and found unhurt."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from tantam.history.events import COLUMNS
from tantam.history.store.files import checksum, sync, sync_directory
from tantam.history.store.manifest import File, HistoryDamaged

ROW_GROUP = 100_000
# A case's events lie together: what looks along cases takes two thirds of the time, for a tenth more bytes.
ORDER = "case_id, instant, id"


def write(connection: duckdb.DuckDBPyConnection, select: str, path: Path) -> int:
    """Write the events of a query or table to `path`, whole or not at all; return how many.

    select: a table's name or a query in brackets, with all of events.COLUMNS. Nothing is written for no event.
    """
    columns = ", ".join(COLUMNS)
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    path.parent.mkdir(parents=True, exist_ok=True)
    (count,) = connection.execute(
        f"COPY (SELECT {columns} FROM {select} ORDER BY {ORDER}) TO {quoted(new)} "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
    ).fetchone() or (0,)
    if not count:
        new.unlink(missing_ok=True)
        return 0
    sync(new)
    os.replace(new, path)
    sync_directory(path.parent)
    return int(count)


def describe(connection: duckdb.DuckDBPyConnection, path: Path) -> File:
    """Return what is true of a file of events; `path` in it is only its name. Raises HistoryDamaged."""
    try:
        found = connection.execute(
            "SELECT count(*), min(id), max(id), min(instant), max(instant), min(source), max(source) "
            f"FROM read_parquet({quoted(path)})"
        ).fetchone()
    except duckdb.Error as error:
        raise HistoryDamaged(f"{path} is no file of events: {error}") from error
    rows, first, last, since, until, source, other = found or (0,) * 7
    if not rows or source != other:
        raise HistoryDamaged(f"{path} must hold events of one source; it holds {rows} of {source} and {other}.")
    size = path.stat().st_size
    since, until = (each.replace(tzinfo=UTC) for each in (since, until))
    return File(source, month_of(since), path.name, rows, first, last, since, until, size, checksum(path))


def damages(directory: Path, files: Iterable[File]) -> list[str]:
    """Return what is wrong with files of the manifest; nothing if they are as they were written.

    Each is read once a process, to see whether its bytes changed.
    """
    return [wrong for each in files if (wrong := _damage(directory, each))]


def filed(file: File, month: str, path: str) -> File:
    """Return the file as it is named in the manifest."""
    return replace(file, month=month, path=path)


def month_of(instant: datetime) -> str:
    """Return the month that an instant is filed under, in UTC: `2026-02`."""
    return instant.astimezone(UTC).strftime("%Y-%m")


def quoted(path: Path) -> str:
    """Return a path as SQL writes it."""
    return "'" + str(path).replace("'", "''") + "'"


def _damage(directory: Path, file: File) -> str:
    path = directory / file.path
    try:
        size = path.stat().st_size
        if size != file.size:
            return f"{path} has {size} bytes instead of {file.size}"
        if checksum(path) != file.checksum:
            return f"{path} was changed"
    except FileNotFoundError:
        return f"{path} is missing"
    except OSError as error:
        return f"{path} cannot be read ({error.strerror or error})"
    return ""
