"""Counts in this process's memory how often a network asks for what changes nothing: a row each would cost more."""

from __future__ import annotations

from collections import Counter
from threading import Lock

from tantam.desk.common import clock

WINDOW = 60  # seconds
MOST_NETWORKS = 50_000  # that are told apart in a window; beyond them nobody new is counted


class Bursts:
    """At most `most` times in WINDOW, counted in windows that begin at each full minute. Of one process alone."""

    def __init__(self, most: int) -> None:
        self._most, self._window, self._lock = most, 0, Lock()
        self._counts: Counter[str] = Counter()

    def is_beyond(self, who: str) -> bool:
        """Count one act of `who`; return whether that was one too many."""
        window = int(clock.now().timestamp()) // WINDOW
        with self._lock:
            if window != self._window:
                self._window, self._counts = window, Counter()
            if who not in self._counts and len(self._counts) >= MOST_NETWORKS:
                return False
            self._counts[who] += 1
            return self._counts[who] > self._most
