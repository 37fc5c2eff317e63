"""Counts how often a token asks in a minute, over all processes, without a write for each request.

A process tells the database what it counted once a second, or after every TOGETHER requests, and hears what the others
did: the count may run over by so many a process.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse

from tantam.desk.common import clock, rate

MINUTE = 60
TOGETHER = 20
MOST_HELD = 1000


@dataclass(slots=True)
class _Window:
    minute: int
    told: int = 0  # what all processes had counted when this one last told
    untold: int = 0
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """How a token stands. left: requests in this minute. resets: seconds until the next."""

    most: int
    left: int
    resets: int
    over: bool

    def tell(self, answer: HttpResponse) -> HttpResponse:
        """Return the answer with what the program should know: RateLimit, RateLimit-Policy, Retry-After."""
        answer.headers["RateLimit-Policy"] = f'"minute";q={self.most};w={MINUTE}'
        answer.headers["RateLimit"] = f'"minute";r={self.left};t={self.resets}'
        if self.over:
            answer.headers["Retry-After"] = str(self.resets)
        return answer


_lock = threading.Lock()
_windows: dict[str, _Window] = {}


def count(key: str) -> Standing:
    """Count a request of this token and return how it stands."""
    now = clock.now().timestamp()
    most, minute = settings.API_PER_MINUTE, int(now) // MINUTE
    with _lock:
        window = _windows.get(key)
        if window is None or window.minute != minute:
            if len(_windows) >= MOST_HELD:
                _windows.clear()
            window = _windows[key] = _Window(minute)
        window.untold += 1
        tells = now - window.at >= 1 or now < window.at or window.untold >= TOGETHER
        news, window.untold, window.at = (window.untold, 0, now) if tells else (0, window.untold, window.at)
    if tells:
        told = rate.add(f"api-minute:{key}:{minute}", news)
        with _lock:
            window.told = max(window.told, told)
    used = window.told + window.untold
    return Standing(most, max(0, most - used), MINUTE - int(now) % MINUTE, used > most)


def forget() -> None:
    """Forget what this process counted."""
    with _lock:
        _windows.clear()
