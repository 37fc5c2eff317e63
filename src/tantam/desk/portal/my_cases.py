"""One's requests as rows: how each stands, and what is owed next, by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tantam.desk.cases.ledger import chips_of
from tantam.desk.cases.models import Case
from tantam.desk.portal.progress import Step, next_step


@dataclass(frozen=True, slots=True)
class Row:
    """One request. state: settled, waiting (for the customer) or open. owed: what happens next, None if nothing is."""

    case: Case
    state: str
    owed: Step | None


def rows(cases: Iterable[Case], now: datetime, lang: str) -> list[Row]:
    """Return a row a case; no query where `promises` and `merged_cases__promises` are prefetched."""
    return [Row(each, _state(each), next_step(chips_of(_with_joined(each), now), now, lang)) for each in cases]


def _with_joined(case: Case) -> list[Case]:
    """Return the case and its customer's that were joined to it: what is owed in those is owed still."""
    return [case, *(each for each in case.merged_cases.all() if each.customer_id == case.customer_id)]


def _state(case: Case) -> str:
    match case.status:
        case Case.Status.RESOLVED:
            return "settled"
        case Case.Status.WAITING:
            return "waiting"
        case _:
            return "open"
