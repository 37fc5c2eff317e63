"""Work that comes again and again: one piece of due work a kind, over all workers, that is never done for good."""

from __future__ import annotations

from datetime import timedelta

from tantam.desk.common import clock
from tantam.desk.common.models import DueWork

MOST_PUT_OFF = 10  # times its own pause, after failures
_every: dict[str, timedelta] = {}


def recurs(kind: str, every: timedelta) -> None:
    """Let work of `kind` be due `every` so often, counted from when it was done last. Its handler takes no payload."""
    _every[kind] = every


def every(kind: str) -> timedelta | None:
    """Return how often work of this kind comes again; None for what is done once."""
    return _every.get(kind)


def ask() -> None:
    """See to it that each recurring kind is among the due work, exactly once; quick and harmless at any time.

    What is due later than it can be, counted from now, was put off by a clock that was ahead: it is due at once.
    """
    now = clock.now()
    DueWork.objects.bulk_create([DueWork(kind=each, key=each, due_at=now) for each in _every], ignore_conflicts=True)
    ended = DueWork.objects.filter(key__in=_every).exclude(done_at=None)
    ended.update(done_at=None, attempts=0, due_at=now)
    for kind, often in _every.items():
        DueWork.objects.filter(key=kind, due_at__gt=now + MOST_PUT_OFF * often).update(due_at=now, leased_until=None)
