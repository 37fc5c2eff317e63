"""The past as one relation: events of every source, what was handed over, and when each clock was open."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import numpy as np

from tantam.history.events import COLUMNS, DESK, OF_A_DELIVERY, create
from tantam.history.open_time import open_time_columns
from tantam.history.store import File, HistoryDamaged, Manifest, Row, Source, Store, damages, parts, raw
from tantam.history.store.engine import connect
from tantam.plan.calendars import Hours
from tantam.plan.calendars.local_time import EPOCH


class Purchase(NamedTuple):
    """Something handed over at the desk. purchase: its number. customer: an id as text. product: its stock code.

    written: when, in UTC, as text without a zone.
    """

    purchase: str
    customer: str
    product: str
    written: str


class Delivery(NamedTuple):
    """A delivery of the desk whose promise ended. delivery: its id. customer: an id as text. purchase: its number.

    code: kept or broken. written: when, in UTC, as text without a zone.
    """

    delivery: int
    customer: str
    purchase: str
    code: str
    written: str


@dataclass(frozen=True, slots=True)
class Tail:
    """What the desk's database knows. manifest: the history beside which it was read.

    rows: the desk's events whose id is larger than `manifest.last(DESK)`; all of them, if none is written there.
    """

    manifest: Manifest
    rows: Iterable[Row] = ()
    purchases: Sequence[Purchase] = ()
    deliveries: Sequence[Delivery] = ()


PURCHASE = (
    "CREATE TABLE purchase (source VARCHAR, purchase VARCHAR, customer VARCHAR, product VARCHAR, instant TIMESTAMP)"
)
DELIVERY = (
    "CREATE TABLE delivery "
    "(source VARCHAR, delivery BIGINT, customer VARCHAR, purchase VARCHAR, code VARCHAR, instant TIMESTAMP)"
)
# The one definition of how promises end: those of cases, and the day of a delivery, which most have no case for.
PROMISE_END = f"""CREATE VIEW promise_end AS
    SELECT source, id, case_id, instant, code, kind, clause, policy, version, promise, minutes,
           NULL AS reference, NULL AS customer
    FROM event WHERE code IN ('kept', 'broken')
    UNION ALL
    SELECT source, delivery, NULL, instant, code, '{OF_A_DELIVERY}', NULL, NULL, NULL, NULL, NULL, purchase, customer
    FROM delivery"""


class Past:
    """Relations `event`, `open_time`, `purchase`, `promise_end`, asked with SQL; safe to share between threads."""

    def __init__(self, own: duckdb.DuckDBPyConnection, manifest: Manifest) -> None:
        self._connection, self.manifest = own, manifest
        self._adding = threading.Lock()

    def rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows of a query. params: by name (`$since`); instants aware, or naive in UTC; rows have naive UTC.

        Raises HistoryDamaged if a file vanished meanwhile.
        """
        with self._connection.cursor() as cursor:
            try:
                return cursor.execute(sql, {name: _plain(each) for name, each in (params or {}).items()}).fetchall()
            except duckdb.IOException as error:
                raise HistoryDamaged(f"A file of the history could not be read: {error}") from error

    def sources(self) -> tuple[Source, ...]:
        """Return where the written events come from; what is not written yet is the desk's."""
        return self.manifest.sources

    def read_beside(self) -> tuple[int, int, int]:
        """Return how many events were read beside the written ones, their smallest and their largest id; or zeros."""
        ((count, first, last),) = self.rows("SELECT count(*), coalesce(min(id), 0), coalesce(max(id), 0) FROM tail")
        return count, first, last

    def add(self, rows: Sequence[Row]) -> None:
        """Let newer events of the desk be part of the past, all at once."""
        with self._adding, self._connection.cursor() as cursor:
            cursor.begin()
            raw.insert(cursor, "tail", rows)
            cursor.commit()


def open_past(
    directory: Path | None,
    *,
    tail: Tail | None = None,
    clocks: Mapping[str, Hours] | None = None,
    until: datetime | None = None,
) -> Past:
    """Return the past in `directory`, with what the desk's database adds to it.

    directory: a Store's; None has nothing written. clocks: hours by name, for `open_time`; calendar time, "", is always
    there. until: aware, up to when `open_time` must reach at least; None for the last event. Raises HistoryDamaged.
    """
    manifest = tail.manifest if tail else Store(directory).manifest() if directory else Manifest()
    if directory:
        _refuse_damaged(directory, manifest.files)
    own = connect()
    own.execute(create("tail"))
    raw.insert(own, "tail", tail.rows if tail else ())
    own.execute(_view(directory, manifest.files))
    _purchases(own, tail.purchases if tail else (), [each for each in manifest.sources if each.name != DESK])
    _deliveries(own, tail.deliveries if tail else ())
    _open_time(own, clocks or {}, until)
    return Past(own, manifest)


def _refuse_damaged(directory: Path, listed: Sequence[File]) -> None:
    for each in listed:
        for wrong in damages(directory, [each]):
            raise HistoryDamaged(f"{wrong}. {_what_to_do(each.source)}")


def _view(directory: Path | None, files: Sequence[File]) -> str:
    columns = ", ".join(COLUMNS)
    written = ""
    if directory and files:
        listed = ", ".join(parts.quoted(directory / each.path) for each in files)
        written = f"SELECT {columns} FROM read_parquet([{listed}]) UNION ALL BY NAME "
    return f"CREATE VIEW event AS {written}SELECT {columns} FROM tail"


def _purchases(own: duckdb.DuckDBPyConnection, known: Sequence[Purchase], imported: Sequence[Source]) -> None:
    """Fill `purchase` with what was handed over at the desk, and with what imported logs of sales tell."""
    own.execute(PURCHASE)
    if known:
        columns = zip(*known, strict=True)
        given = {name: np.array(each, dtype=object) for name, each in zip(Purchase._fields, columns)}  # noqa: F841
        own.execute(
            f"INSERT INTO purchase SELECT '{DESK}', purchase, customer, product, CAST(written AS TIMESTAMP) FROM given"
        )
    if imported:
        told = "SELECT source, purchase, customer, reference, instant FROM event WHERE code = 'bought'"
        own.execute(f"INSERT INTO purchase {told}")


def _deliveries(own: duckdb.DuckDBPyConnection, known: Sequence[Delivery]) -> None:
    """Fill `delivery` with those whose promise ended, and let them stand among the ends of promises."""
    own.execute(DELIVERY)
    if known:
        columns = zip(*known, strict=True)
        given = {name: np.array(each, dtype=object) for name, each in zip(Delivery._fields, columns)}  # noqa: F841
        own.execute(
            f"INSERT INTO delivery SELECT '{DESK}', CAST(delivery AS BIGINT), customer, purchase, code, "
            "CAST(written AS TIMESTAMP) FROM given"
        )
    own.execute(PROMISE_END)


def _open_time(own: duckdb.DuckDBPyConnection, clocks: Mapping[str, Hours], until: datetime | None) -> None:
    """Fill `open_time` for whole years: from the one before the first event to the one after the last, or `until`."""
    first, last = own.execute("SELECT min(instant), max(instant) FROM event").fetchone() or (None, None)
    ends = [each.year for each in (first, last, until) if each is not None] or [EPOCH.year]
    years = min(ends) - 1, max(ends) + 1
    own.execute("CREATE TABLE open_time (clock VARCHAR, since TIMESTAMP, until TIMESTAMP, before DOUBLE)")
    for name, hours in {"": None, **clocks}.items():
        spans = open_time_columns(hours, *years)  # noqa: F841 - DuckDB finds it by this name
        own.execute("INSERT INTO open_time SELECT $name, since, until, before FROM spans", {"name": name})


def _plain(value: Any) -> Any:
    """Return a parameter as DuckDB compares it: instants without a zone, in UTC."""
    match value:
        case datetime() if value.tzinfo is not None:
            return value.astimezone(UTC).replace(tzinfo=None)
        case list() | tuple():
            return [_plain(each) for each in value]
        case _:
            return value


def _what_to_do(source: str) -> str:
    if source == DESK:
        return "The worker writes the desk's events anew within a minute; is one running (`tantam work`)?"
    return f"Import `{source}` again: `tantam import history`."
