"""The promise ledger: what is owed on a case, how near it is, and how each promise ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tantam.desk.cases.models import Case, Promise

ChipState = Literal["owed", "soon", "broken", "waiting", "kept", "withdrawn"]
SOON_MINUTES = 60  # open minutes left from which a promise is "soon"


@dataclass(frozen=True, slots=True)
class PromiseChip:
    """One promise as it stands now.

    due_at: aware; None while it waits for the customer. minutes: open minutes left (owed, soon, waiting), minutes
    since it was due (broken), 0 (kept). share: of its time used, 0..1. because: stored codes, spoken with
    `plans.version(plan_number).because(chip.because, lang)`. at: when it ended, None while owed.
    """

    id: int
    kind: str
    state: ChipState
    due_at: datetime | None
    minutes: int
    share: float
    clause: str
    because: dict[str, object]
    plan_number: int
    at: datetime | None = None
    fulfilled: bool = False


def chips(case: Case, now: datetime) -> tuple[PromiseChip, ...]:
    """Return the case's promises, owed ones first by what is due first; no query if `promises` is prefetched."""
    raise NotImplementedError


def most_urgent(chips_of_case: tuple[PromiseChip, ...]) -> PromiseChip | None:
    """Return the chip that a row of the inbox shows: broken and not made good, else the soonest owed, else waiting."""
    raise NotImplementedError


def chip(promise: Promise, now: datetime) -> PromiseChip:
    """Return one promise as it stands now."""
    raise NotImplementedError
