"""Writes a history and kills itself in the middle: before the n-th time that it asks anything of the disk.

python -m tests.history.store.killed DIRECTORY N
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tantam.history.events import DESK
from tantam.history.store import Store
from tests.history.store.sample import append, rows

TOUCHING = ("fsync", "replace", "unlink", "link", "mkdir")
LAST = 24


def die_before(nth: int) -> None:
    """Let this process be killed before the n-th call of what changes the disk; 0 lets it live."""
    left = [nth]

    def counted(deed: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*args: Any, **options: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return deed(*args, **options)

        return counting

    for name in TOUCHING:
        setattr(os, name, counted(getattr(os, name)))


def go_on(directory: Path) -> None:
    """Write events up to LAST, as far as they are not written yet; then merge them, and write a month anew."""
    with Store(directory).writing() as writer:
        for first in range(writer.manifest.last(DESK) + 1, LAST + 1, 2):
            append(writer, "2026-02", rows(*range(first, min(first + 2, LAST + 1))))
        writer.merge(DESK)
        writer.rewrite(DESK, "2026-02", [f"read_parquet('{directory / each.path}')" for each in writer.manifest.files])
        writer.tidy()


if __name__ == "__main__":
    die_before(int(sys.argv[2]))
    go_on(Path(sys.argv[1]))
