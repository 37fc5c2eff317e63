"""Makes a year beside the database's file, on two cores: it takes the file's place when it is whole, or not at all.

Only where the database is a file of SQLite's; anywhere else it is one transaction in one process.
"""

from __future__ import annotations

import os
import shutil
import signal
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from django.db import connection, transaction

# What cases write, in the order of their references. Whatever else there is was there before, in both files.
TABLES = (
    "cases_case",
    "cases_message",
    "cases_promise",
    "case_event",
    "claims_claim",
    "claims_grant",
    "claims_entry",
    "claims_mark",
    "procedures_run",
    "sales_enquiry",
    "followups_followup",
    "common_duework",
)
FEWEST = 200  # below it the second process costs more than it brings

One = TypeVar("One")
Told = Callable[[datetime], None]


@contextmanager
def made_aside() -> Iterator[None]:
    """Work in a copy of the database's file inside the block; unless that raises, it takes the file's place."""
    file = _file()
    if file is None:
        with transaction.atomic():
            yield
        return
    copy = file.with_name("being-made.sqlite3")
    connection.close()
    try:
        shutil.copyfile(file, copy)
        connection.settings_dict["NAME"] = str(copy)
        yield
        _file()
        connection.close()
        os.replace(copy, file)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(file)
        _remove(copy)


def in_halves(play: Callable[[Sequence[One], Told], None], cases: Sequence[One], *, told: Told) -> None:
    """Play all cases, half of them in a second process where that can be.

    Raises RuntimeError if the second process failed; it printed why.
    """
    file = _file()
    if file is None or len(cases) < FEWEST or (os.cpu_count() or 1) < 2:
        play(cases, told)
        return
    connection.close()  # a connection must not cross a fork
    copy = file.with_name("second-half.sqlite3")
    child = 0
    try:
        shutil.copyfile(file, copy)
        with _ctrl_c_waiting():
            child = os.fork()
            if child == 0:
                _play_aside(copy, lambda: play(cases[1::2], lambda at: None))
        play(cases[0::2], told)
        _, status = os.waitpid(child, 0)
        if status != 0:
            raise RuntimeError("The second half of the example's year could not be made.")
        _bring_over(copy)
    except BaseException:
        if child:
            _end(child)
        raise
    finally:
        _remove(copy)


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


@contextmanager
def _ctrl_c_waiting() -> Iterator[None]:
    """Let an interruption wait until the block ends: at a fork, Python's own hooks would swallow it.

    A process forked inside the block never hears it; whoever forked it ends it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # interruptions go to the main thread alone
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


def _end(child: int) -> None:
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


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
            cursor.execute("SELECT name FROM pragma_table_info(%s)", [table])  # without what the database computes
            written = ", ".join(f'"{name}"' for (name,) in cursor.fetchall())
            cursor.execute(f"INSERT INTO main.{table} ({written}) SELECT {written} FROM second.{table}")
        cursor.execute("COMMIT")
        cursor.execute("DETACH DATABASE second")


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        Path(f"{file}{ending}").unlink(missing_ok=True)
