"""Events to write and read: rows as the desk's database keeps them, one a minute."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tantam.history.events import DESK
from tantam.history.past import Past, Tail, open_past
from tantam.history.store import Manifest, Row, Source, Store, Writer, load

OWN = Source(DESK, "this database")
ALL = "SELECT * FROM event ORDER BY source, id"


def utc(*parts: int) -> datetime:
    """Return an instant as DuckDB gives it: in UTC, without saying so."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)


FIRST = utc(2026, 1, 31, 23, 30)


def row(id: int, **args: Any) -> Row:
    """Return what was said in case 7 or 8, so many minutes after FIRST."""
    instant = FIRST + timedelta(minutes=id)
    return Row(id, 7 + id % 2, f"{instant:%Y-%m-%d %H:%M:%S.%f}", "replied", json.dumps(args), "person", 3, 1, "", id)


def rows(*ids: int) -> list[Row]:
    """Return rows with these ids."""
    return [row(each) for each in ids]


def append(writer: Writer, month: str, some: Sequence[Row]) -> None:
    """Write rows under a month, as the desk's export does."""
    if writer.manifest.source(DESK) is None:
        writer.begin(OWN)
    load(writer.connection, "batch", some)
    writer.append(DESK, month, "batch")


def written(directory: Path, *batches: Sequence[Row], month: str = "2026-02") -> Store:
    """Return a store in which each batch is a file."""
    store = Store(directory)
    with store.writing() as writer:
        for each in batches:
            append(writer, month, each)
    return store


def ids(past: Past) -> list[int]:
    """Return the ids of all events."""
    return [id for (id,) in past.rows("SELECT id FROM event ORDER BY id")]


def from_database(some: Sequence[Row]) -> Past:
    """Return a past of which nothing is written."""
    return open_past(None, tail=Tail(Manifest(), some))
