"""The worker's export: events that are settled, written as Parquet by month, and months that differ written anew."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from tantam.desk.common import clock
from tantam.desk.common.identity import give_identity
from tantam.desk.common.ids import first_id, given_at
from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles_long, hold
from tantam.desk.reports.kept_rows import rows_after, tally
from tantam.desk.reports.reading import history, holds

if TYPE_CHECKING:
    from tantam.history.store import Writer

EXPORT = "export_history"
EVERY = timedelta(minutes=1)
SETTLED = timedelta(minutes=2)  # a transaction of so long ago may still commit an event with a smaller id
BATCH = 50_000  # events a file at most

_log = logging.getLogger(__name__)
recurs(EXPORT, EVERY)


@handles_long(EXPORT)
def do_export(payload: Mapping[str, Any]) -> None:
    """Do the export as due work."""
    export()


def export() -> int:
    """Write what is settled and not written yet; return how many events were written, 0 if another process is at it.

    May end at any moment: what was written stays, and the next one goes on. Raises HistoryDamaged where the manifest
    cannot be read, PutDown where the worker is to end.
    """
    from tantam.history.store import Busy, Store

    try:
        with Store(history()).writing() as writer:
            return _export(writer)
    except Busy:
        return 0


def write_anew(events: Iterable[int]) -> None:
    """Write the months anew in which these events lie, as far as they are written, from what the database has.

    Raises Busy while another process writes: it is to be tried again.
    """
    from tantam.history.events import DESK
    from tantam.history.store import Store

    keys = sorted(events)
    with Store(history()).writing() as writer:
        last = writer.manifest.last(DESK)
        wanted = {f"{given_at(key):%Y-%m}" for key in keys if key <= last}
        if not wanted:
            return
        begun = given_at(keys[0]).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        for month, first, end in _months(first_id(begun), last + 1):
            if month in wanted:
                writer.rewrite(DESK, month, _batches(writer, rows_after(first - 1, before=end)))
        writer.tidy()


def _export(writer: Writer) -> int:
    from tantam.history.events import DESK
    from tantam.history.store import Source

    own = Source(DESK, give_identity())
    if writer.manifest.source(DESK) != own:
        writer.begin(own)
    written = _mend(writer) + _go_on(writer)
    writer.merge(DESK)
    writer.tidy()
    return written


def _mend(writer: Writer) -> int:
    """Write anew each month whose files are hurt, or hold another number of events than the database."""
    from tantam.history.events import DESK
    from tantam.history.store import damages

    files, last = writer.manifest.of(DESK), writer.manifest.last(DESK)
    hurt = {each.month for each in files if damages(writer.directory, [each])}
    if not hurt and holds(writer.manifest):
        return 0
    smallest = min([each.first for each in files] + [tally(before=last + 1)[1] or last])
    written = 0
    for month, first, end in _months(smallest, last + 1):
        there = sum(each.rows for each in writer.of(DESK, month))
        if month in hurt or tally(after=first - 1, before=end)[0] != there:
            _log.warning("The history of %s is written anew: it differs from the database.", month)
            writer.rewrite(DESK, month, _batches(writer, rows_after(first - 1, before=end)))
            written += sum(each.rows for each in writer.of(DESK, month))
    return written


def _go_on(writer: Writer) -> int:
    """Write the settled events after the last one that is written."""
    from tantam.history.events import DESK

    last, end = writer.manifest.last(DESK), first_id(clock.now() - SETTLED)
    count, first, _ = tally(after=last, before=end)
    if not count:
        return 0
    for month, since, until in _months(first, end):
        for batch in _batches(writer, rows_after(since - 1, before=until)):
            writer.append(DESK, month, batch)
    return count


def _batches(writer: Writer, rows: Iterator[Any]) -> Iterator[str]:
    """Yield the name of a table that holds the next rows in columns, until there are none."""
    from tantam.history.store import load

    while batch := list(islice(rows, BATCH)):
        hold()
        load(writer.connection, "batch", batch)
        yield "batch"


def _months(first: int, end: int) -> Iterable[tuple[str, int, int]]:
    """Yield each month from the one in which `first` was given: its name, its first id or `first`, and its end.

    end: the id before which all ends. Events are filed by the month of their id, in UTC, so that a month is a stretch
    of ids.
    """
    while first < end:
        begun = given_at(first).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        until = min(first_id(_next_month(begun)), end)
        yield begun.strftime("%Y-%m"), first, until
        first = until


def _next_month(begun: datetime) -> datetime:
    return datetime(begun.year + begun.month // 12, begun.month % 12 + 1, 1, tzinfo=UTC)
