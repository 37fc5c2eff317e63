"""Measures against named rivals, in the same run on the same data: `python -m bench` prints one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Row:
    """One question. ours, rival: seconds for one; ratio: rival / ours, above 1 where we are faster.

    rival and ratio are None where there is none to measure against; note says what the rival is, or why not.
    """

    what: str
    ours: float
    rival: float | None
    ratio: float | None
    note: str


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


def _seconds(run: Callable[[], object]) -> float:
    begun = perf_counter()
    run()
    return perf_counter() - begun
