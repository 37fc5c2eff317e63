"""Plays a year on two cores: the second half of the cases in a copy of the database's file, then brought over.

Only where the database is a file of SQLite's and there is a second core; anywhere else one process plays it all.
"""

from __future__ import annotations

import os
import shutil
import traceback
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from django.db import connection

# What cases write, in the order of their references. Whatever else there is was there before, in both files.
TABLES = (
    "cases_case",
    "cases_message",
    "cases_promise",
    "case_event",
    "claims_claim",
    "claims_grant",
    "common_duework",
)
FEWEST = 200  # below it the second process costs more than it brings

One = TypeVar("One")
Told = Callable[[datetime], None]


def in_halves(play: Callable[[Sequence[One], Told], None], cases: Sequence[One], *, told: Told) -> None:
    """Play all cases. Raises RuntimeError if the second process failed; it printed why."""
    file = _file()
    if file is None or len(cases) < FEWEST or (os.cpu_count() or 1) < 2:
        play(cases, told)
        return
    connection.close()  # a connection must not cross a fork
    copy = file.with_name("second-half.sqlite3")
    shutil.copyfile(file, copy)
    child = os.fork()
    if child == 0:
        _play_aside(copy, lambda: play(cases[1::2], lambda at: None))
    try:
        play(cases[0::2], told)
    finally:
        _, status = os.waitpid(child, 0)
    if status != 0:
        raise RuntimeError("The second half of the example's year could not be made.")
    _bring_over(copy)


def _file() -> Path | None:
    """Return the database's file, with everything written into it; None where there is none to copy."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return None
    name = str(connection.settings_dict["NAME"])
    if name == ":memory:" or name.startswith("file:"):
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(name)


def _play_aside(copy: Path, play: Callable[[], None]) -> None:
    """Play in this forked process on the copy, then leave it without running what the parent has registered."""
    ended = 1
    try:
        connection.settings_dict["NAME"] = str(copy)
        play()
        connection.close()
        ended = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(ended)


def _bring_over(copy: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ATTACH DATABASE %s AS second", [str(copy)])
        cursor.execute("BEGIN IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"INSERT INTO main.{table} SELECT * FROM second.{table}")
        cursor.execute("COMMIT")
        cursor.execute("DETACH DATABASE second")
    for ending in ("", "-wal", "-shm"):
        Path(f"{copy}{ending}").unlink(missing_ok=True)
