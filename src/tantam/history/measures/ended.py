"""The promises behind a figure, so that each number opens its cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tantam.history.measures.answers import Within
from tantam.history.measures.texts import aware, naive, text
from tantam.history.relations import Relations

MOST = 200


@dataclass(frozen=True, slots=True)
class Ended:
    """One end of a promise: code kept, broken or fulfilled; minutes it took, or that it was late; None if unknown.

    event, source: its id and where from. case: < 0 if imported, None of a delivery; reference: its name for people, of
    a delivery the number of the purchase. at: aware, in UTC. customer: as in Behind.
    """

    source: str
    event: int
    case: int | None
    reference: str
    customer: str
    at: datetime
    code: str
    kind: str
    clause: str
    minutes: float | None


@dataclass(frozen=True, slots=True)
class Which:
    """Which ends. codes: of kept, broken, fulfilled. kind, clause, stage, group, source: "" for any."""

    codes: tuple[str, ...]
    kind: str = ""
    clause: str = ""
    stage: str = ""
    group: str = ""
    source: str = ""


def ended_promises(past: Relations, within: Within, which: Which, *, most: int = MOST) -> list[Ended]:
    """Return the newest ends in [since, until), newest first, at most `most`."""
    values = {
        "codes": list(which.codes),
        "kind": which.kind,
        "clause": which.clause,
        "stage": which.stage,
        "group": which.group,
        "source": which.source,
        "since": naive(within[0]),
        "until": naive(within[1]),
        "most": most,
    }
    return [_ended(*row) for row in past.rows(text("ended"), values)]


def _ended(source: str, event: int, case: int | None, *rest: Any) -> Ended:
    reference, customer, instant, *more = rest
    return Ended(source, event, case, reference, customer, aware(instant), *more)
