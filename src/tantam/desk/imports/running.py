"""Takes a file in, portion by portion: each is one transaction with how far it is, so that a kill costs nothing."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from tantam.desk import plans
from tantam.desk.common import clock, work
from tantam.desk.imports import store
from tantam.desk.imports.meaning.form import Mapping as Form
from tantam.desk.imports.meaning.rows import Rows
from tantam.desk.imports.meaning.wrong import Rejection, Wrong
from tantam.desk.imports.models import Import
from tantam.desk.imports.reading.opening import opened
from tantam.desk.imports.reading.table import How, Line, Table, Unreadable
from tantam.desk.imports.taking.outcome import CODES, Bringer, Outcome
from tantam.desk.imports.taking.portion import Row, setting_of, take_in

RUN = "run_import"
PORTION = 500  # rows: others who write wait a fraction of a second
MOST_ATTEMPTS = 5  # a file that ends its worker so often without getting further is given up
Told = Callable[[float], None]


class _Taken(Exception):
    """Somebody else runs it, or stopped it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is being taken in."""

    held: Import
    table: Table
    rows: Rows
    bringer: Bringer


@work.handles_long(RUN)
def run_import(payload: Mapping[str, Any]) -> None:
    """Take an import in, for the worker. Done twice, it is done once."""
    held = begin(payload["import"])
    if held is None:
        return
    try:
        run(held, store.file_of(held), _holding())
    except work.PutDown:
        put_back(held.pk)
        raise
    except Unreadable as wrong:
        fail(held.pk, wrong.code)
        raise work.Hopeless(f"The file cannot be read: {wrong.code}") from wrong
    except Exception:
        put_back(held.pk)
        raise


def begin(pk: int) -> Import | None:
    """Return the import, which now runs; None if it is over, or was begun in vain too often."""
    with transaction.atomic():
        held = Import.objects.select_for_update().filter(pk=pk).first()
        if held is None or held.over:
            return None
        if held.attempts >= MOST_ATTEMPTS:
            fail(pk, "ended_its_worker")
            return None
        held.state, held.attempts = Import.State.RUNNING, held.attempts + 1
        held.begun_at = held.begun_at or clock.now()
        held.save(update_fields=["state", "attempts", "begun_at"])
        return held


def put_back(pk: int) -> None:
    """Let it wait for another worker."""
    Import.objects.filter(pk=pk, state=Import.State.RUNNING).update(state=Import.State.WAITING)


def fail(pk: int, trouble: str) -> None:
    """Give it up. trouble: a code."""
    coming = Import.objects.filter(pk=pk, state__in=Import.COMING)
    coming.update(state=Import.State.FAILED, trouble=trouble, ended_at=clock.now())


def run(held: Import, path: Path, told: Told) -> None:
    """Take in what is left of a file, from the row behind the last that was done. told: the share, now and then.

    Ends early where somebody stops it. Raises Unreadable, NoPlan, and what `told` raises.
    """
    form = Form.model_validate(held.mapping)
    bringer = Bringer(held.source, held.pk, held.made_by)
    with opened(path, How(**held.how)) as table:
        rows = Rows(form, table.columns, setting_of(plans.in_force()))
        opened_file = Opened(held, table, rows, bringer)
        lines = (each for each in table.lines if each.number > held.row)
        while portion := list(islice(lines, PORTION)):
            told(table.read())
            try:
                _take(opened_file, portion)
            except _Taken:
                return
    Import.objects.filter(pk=held.pk, state=Import.State.RUNNING).update(
        state=Import.State.DONE, progress=100, ended_at=clock.now()
    )


def _take(at: Opened, lines: list[Line]) -> None:
    """Take in one portion, and write down how far it is, or nothing of both. Raises _Taken."""
    read = [_read(at.rows, each) for each in lines]
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=at.held.pk)
        if held.state != Import.State.RUNNING or held.row != at.held.row:
            raise _Taken
        outcomes = take_in(at.bringer, read)
        rejected = store.Rejected(held)
        held.reject_bytes = rejected.write(list(_rejected(lines, outcomes)))
        counted = Counter(each.code for each in outcomes)
        for code in CODES:
            setattr(held, code, getattr(held, code) + counted[code])
        held.row, held.attempts = lines[-1].number, 0
        held.progress = max(held.progress, min(99, int(100 * at.table.read())))
        held.save(update_fields=[*CODES, "row", "attempts", "progress", "reject_bytes"])
    at.held.row = held.row


def _read(rows: Rows, line: Line) -> Row:
    try:
        return rows.read(line)
    except Wrong as wrong:
        return wrong.with_traceback(None)


def _rejected(lines: list[Line], outcomes: list[Outcome]) -> Iterator[tuple[Rejection, list[str]]]:
    for line, outcome in zip(lines, outcomes, strict=True):
        if outcome.wrong is not None:
            wrong = outcome.wrong
            yield Rejection(line.number, wrong.code, wrong.field, wrong.args_said), line.cells


def _holding() -> Told:
    """Return a function that keeps the lease of the work in hand, every second."""
    told_at = time.monotonic()

    def tell(_share: float) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= 1.0:
            told_at = time.monotonic()
            work.hold()

    return tell
