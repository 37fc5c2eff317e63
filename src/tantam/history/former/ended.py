"""The promises behind a figure, so that each number opens its cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from tantam.history.former.files import Part, query
from tantam.history.former.measure import Rows

MOST = 200


@dataclass(frozen=True, slots=True)
class Ended:
    """One end of a promise: code kept, broken or fulfilled; minutes it took, or that it was late; None if unknown.

    at: aware, in UTC.
    """

    event: int
    case: int
    at: datetime
    code: str
    kind: str
    clause: str
    minutes: float | None


@dataclass(frozen=True, slots=True)
class Which:
    """Which ends: codes, three at most, of kept, broken, fulfilled (or others). kind, clause: "" for any."""

    codes: tuple[str, ...]
    kind: str = ""
    clause: str = ""


def ended_promises(
    rows: Rows, within: tuple[datetime, datetime], which: Which, *, part: Part | None = None
) -> list[Ended]:
    """Return the newest MOST ends in [since, until), newest first.

    within: since and until, aware. part: which cases count, None for all.
    """
    three = (which.codes * 3)[:3]
    asked = (*three, which.kind, which.kind, which.clause, which.clause, MOST)
    found = rows(*query("ended", [(0, *within)], *asked, part=part))
    return [Ended(event, case, _instant(at), *rest) for event, case, at, *rest in found]


def _instant(kept: datetime | str) -> datetime:
    """Return an instant as a database gives it: PostgreSQL aware, SQLite as text in UTC."""
    at = datetime.fromisoformat(kept) if isinstance(kept, str) else kept
    return at if at.tzinfo else at.replace(tzinfo=UTC)
