"""The promises behind a figure, so that each number opens its cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tantam.history.measures.files import Part, query
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
    return [Ended(*row) for row in rows(*query("ended", [(0, *within)], *asked, part=part))]
