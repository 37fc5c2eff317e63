"""One's requests as rows: how each stands, and what is owed next, by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tantam.desk.cases.ledger import chips_of
from tantam.desk.cases.models import Case
from tantam.desk.portal.progress import Step, next_step
from tantam.desk.procedures.course import Stand, present_of


@dataclass(frozen=True, slots=True)
class Row:
    """One request. state: settled, waiting (for the customer) or open. owed: what happens next, None if nothing is.

    stands: what is under way, None where no procedure says it. whose: the name of another of their organisation, ""
    for their own.
    """

    case: Case
    state: str
    owed: Step | None
    stands: Stand | None = None
    whose: str = ""


def rows(cases: Sequence[Case], now: datetime, lang: str, own: Sequence[int] = ()) -> list[Row]:
    """Return a row a case; one query where `customer`, `promises` and `merged_cases__promises` are fetched.

    own: the ids of who looks at them; of all others' cases it is said whose they are.
    """
    mine = set(own)
    stands = present_of(cases, now, lang)
    return [_row(each, now, lang, mine, stands.get(each.pk)) for each in cases]


def _row(case: Case, now: datetime, lang: str, mine: set[int], stands: Stand | None) -> Row:
    whose = case.customer.shown if mine and case.customer_id not in mine else ""
    return Row(case, _state(case), next_step(chips_of(_with_joined(case), now), now, lang), stands, whose)


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
