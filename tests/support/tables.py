"""A home with its tables made, kept for the other houses of a run: making them takes most of a house's first minute."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

KEPT = "TANTAM_TEST_TABLES"  # a folder that is the run's own
DATABASE, SERVED = "tantam.sqlite3", "static"


def with_tables(home: Path, make: Callable[[], None]) -> None:
    """Put the tables and what is served into `home`: made by `make` the first time, afterwards copied.

    Only where a run keeps them (`KEPT`) and the home's database is a file in it; else they are made.
    """
    kept = os.environ.get(KEPT)
    if not kept or os.environ.get("TANTAM_DATABASE_URL") != f"sqlite:///{home}/{DATABASE}":
        make()
        return
    first = Path(kept) / "home"
    with (Path(kept) / "making.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not first.exists():
            make()
            aside = first.with_name("aside")
            aside.mkdir(exist_ok=True)
            _copy(home, aside)
            aside.rename(first)
            return
    _copy(first, home)


def _copy(one: Path, other: Path) -> None:
    shutil.copy2(one / DATABASE, other / DATABASE)
    shutil.copytree(one / SERVED, other / SERVED, dirs_exist_ok=True)
