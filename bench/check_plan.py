"""Reading and checking the example company, as a process started anew: no rival, but a figure to stay under."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from bench import Row

PLAN = Path(__file__).parents[1] / "plans" / "ben-xuan"
FIGURE = 0.8  # seconds
ROUNDS = 9


def rows() -> Iterator[Row]:
    """Yield one row: the median of cold processes, against the figure."""
    _checked()  # the disk's cache is warm for all
    seconds = median(_checked() for _ in range(ROUNDS))
    note = f"no rival; the figure to stay under is {FIGURE} s"
    yield Row("read and check the example company, as a process", seconds, FIGURE, FIGURE / seconds, note)


def _checked() -> float:
    begun = perf_counter()
    done = subprocess.run([sys.executable, "-m", "tantam.cli", "check", str(PLAN)], capture_output=True, check=False)
    if done.returncode > 1:
        raise RuntimeError(done.stdout.decode() + done.stderr.decode())
    return perf_counter() - begun
