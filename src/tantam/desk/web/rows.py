"""One case as a row of a list: everything its template shows, said already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tantam.desk import plans
from tantam.desk.cases.inbox import InboxRow
from tantam.desk.cases.ledger import PromiseChip
from tantam.desk.cases.models import Case, Message
from tantam.desk.web import case_words

CHANNELS = {"email": "mail", "mail": "mail", "phone": "phone", "chat": "chat", "web": "pen", "portal": "pen"}


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list. what, because: of its chip, in words. groups: labels. place: stage and status in words."""

    case: Case
    chip: PromiseChip | None
    what: str
    because: str
    customer: str
    groups: tuple[str, ...]
    place: str
    icon: str
    unanswered: bool
    sleeps: bool = False


def row_shown(row: InboxRow, plan: plans.RunningPlan, lang: str) -> Row:
    """Return the row in the reader's language; no query for a plan that was thawed."""
    case = row.case
    return Row(
        case=case,
        chip=row.chip,
        what=case_words.promise(plan, row.chip.kind, row.chip.clause) if row.chip else "",
        because=because_of(row.chip, lang) if row.chip else "",
        customer=case.customer.shown,
        groups=tuple(plan.group_label(each, lang) for each in row.groups),
        place=case_words.place(plan, case),
        icon=CHANNELS.get(case.channel, "chat"),
        unanswered=case.last_direction == Message.Direction.INCOMING,
        sleeps=case.snoozed_at is not None,
    )


def because_of(chip: PromiseChip, lang: str) -> str:
    """Return why the promise was made, by the version that made it."""
    stored: Any = chip.because
    return plans.version(chip.plan_number).because(stored, lang)
