"""Where the history comes from: this desk, and logs that were imported; and when something happened in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from tantam.history.events import DESK
from tantam.history.relations import Relations

_SPANS = "SELECT source, min(instant), max(instant) FROM event GROUP BY source ORDER BY source <> $desk, source"


@dataclass(frozen=True, slots=True)
class Lived:
    """A source and the instants of its first and its last event, aware."""

    source: str
    first: datetime
    last: datetime


def sources(past: Relations) -> tuple[Lived, ...]:
    """Return every source in which something happened, this desk first."""
    rows = past.rows(_SPANS, {"desk": DESK})
    return tuple(Lived(name, first.replace(tzinfo=UTC), last.replace(tzinfo=UTC)) for name, first, last in rows)
