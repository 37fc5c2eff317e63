"""Measures against named rivals, in the same run on the same data: `python -m bench` prints one table."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Literal


@dataclass(frozen=True, slots=True)
class Row:
    """One question. ours, rival: seconds or bytes for one; ratio: rival / ours, above 1 where ours is less.

    rival and ratio are None where there is none to measure against; note says what the rival is, or why not.
    """

    what: str
    ours: float
    rival: float | None
    ratio: float | None
    note: str
    unit: Literal["s", "B"] = "s"


def paired(what: str, ours: Callable[[], object], rival: Callable[[], object] | None, *, rounds: int, note: str) -> Row:
    """Return the medians of `rounds` runs taken in turns, so that whatever disturbs one disturbs the other."""
    times: list[tuple[float, float]] = []
    for _ in range(rounds):
        times.append((_seconds(ours), _seconds(rival) if rival else 0.0))
    mine = median(each for each, _ in times)
    if rival is None:
        return Row(what, mine, None, None, note)
    theirs = median(each for _, each in times)
    return Row(what, mine, theirs, median(b / a for a, b in times), note)


def rows_of_process(module: str, settings: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows that a module prints as JSON, run as a process of its own. settings: of its environment."""
    told = subprocess.run(
        [sys.executable, "-m", module],
        cwd=Path(__file__).parent.parent,
        env=os.environ | settings,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    for line in told.stdout.splitlines():
        yield Row(**json.loads(line))


def told(row: Row) -> str:
    """Return the row as `rows_of_process` reads it."""
    return json.dumps(asdict(row))


def _seconds(run: Callable[[], object]) -> float:
    begun = perf_counter()
    run()
    return perf_counter() - begun
