"""Writes a history and ends in the middle: before the n-th time that it asks anything of the disk.

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
from tantam.history.store import Store, parts
from tests.history.store.sample import append, rows

TOUCHING = ("fsync", "replace", "unlink", "link", "mkdir")
LAST = 6
MOST_SMALL = 2


def counting(nth: int, end: Callable[[], Any]) -> dict[str, Callable[..., Any]]:
    """Return what changes the disk, by its name in `os`, calling `end` instead of the n-th call of any."""
    left = [nth]

    def counted(deed: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            left[0] -= 1
            return end() if left[0] == 0 else deed(*args, **options)

        return call

    return {name: counted(getattr(os, name)) for name in TOUCHING}


def go_on(directory: Path) -> None:
    """Write events up to LAST, as far as they are not written yet; then merge them, and write the month anew."""
    with Store(directory).writing() as writer:
        for first in range(writer.manifest.last(DESK) + 1, LAST + 1, 2):
            append(writer, "2026-02", rows(*range(first, min(first + 2, LAST + 1))))
        writer.merge(DESK, most=MOST_SMALL)
        files = [parts.quoted(directory / each.path) for each in writer.manifest.files]
        writer.rewrite(DESK, "2026-02", [f"read_parquet({each})" for each in files])
        writer.tidy()


if __name__ == "__main__":
    for name, call in counting(int(sys.argv[2]), lambda: os.kill(os.getpid(), signal.SIGKILL)).items():
        setattr(os, name, call)
    go_on(Path(sys.argv[1]))
