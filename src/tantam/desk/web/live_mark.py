"""The mark by which a page asks whether anything happened since: the last event, read once a second for all who ask."""

from __future__ import annotations

from threading import Lock
from time import monotonic

from django.db.models import Max

from tantam.desk.cases.models import Case, CaseEvent
from tantam.desk.common import clock

KEPT_SECONDS = 1.0

_lock = Lock()
_known: tuple[float, int] = (float("-inf"), 0)


def of_all() -> str:
    """Return the mark of everything: it changes with every event, and with the minute, for what is due moves on."""
    return f"{_last():x}-{int(clock.now().timestamp()) // 60:x}"


def of_all_now() -> str:
    """Return the same, read anew: what a page begins with must not be older than the page."""
    forget()
    return of_all()


def of_case(case: Case) -> str:
    """Return the mark of one case: its last event."""
    return of_event(case.events.aggregate(last=Max("pk"))["last"] or 0)


def of_event(pk: int) -> str:
    """Return the mark of a case whose last event is known."""
    return f"{pk:x}"


def forget() -> None:
    """Read the last event anew, as a test wants it that puts an event in between."""
    global _known
    _known = (float("-inf"), 0)


def _last() -> int:
    """Return the id of the last event. Of many threads that ask in the same second, one asks the database."""
    global _known
    with _lock:
        at, last = _known
        if monotonic() - at < KEPT_SECONDS:
            return last
        last = CaseEvent.objects.aggregate(last=Max("pk"))["last"] or 0
        _known = (monotonic(), last)
        return last
