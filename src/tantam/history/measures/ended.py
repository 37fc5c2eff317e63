"""The promises behind a figure, so that each number opens its cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tantam.history.measures.files import query
from tantam.history.measures.measure import Rows

MOST = 200


@dataclass(frozen=True, slots=True)
class Ended:
    """One end of a promise: code kept, broken or fulfilled; minutes it took, or that it was late; None if unknown."""

    event: int
    case: int
    at: Any
    code: str
    kind: str
    clause: str
    minutes: float | None


def ended_promises(
    rows: Rows, within: tuple[datetime, datetime], *, codes: tuple[str, ...], kind: str = "", clause: str = ""
) -> list[Ended]:
    """Return the newest MOST ends in [since, until) with these codes, newest first.

    within: since and until, aware. codes: three at most, of kept, broken, fulfilled. kind, clause: "" for any.
    """
    three = (codes * 3)[:3]
    return [Ended(*row) for row in rows(*query("ended", [(0, *within)], *three, kind, kind, clause, clause, MOST))]
