"""Notes on a case what a customer's calendar program sent: a time proposed, moved, accepted, called off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tantam.desk.cases import joined
from tantam.desk.cases.models import Actor, Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """An appointment as the customer's program tells it.

    method: as in RFC 5546, in lower case: request, cancel, reply … begins, ends: aware; of whole days midnight in the
    company's zone, ends the day after; ends: None if it is not said.
    """

    method: str
    what: str
    where: str
    begins: datetime
    ends: datetime | None
    whole_day: bool
    repeats: bool


def note(case: Case, told: Proposed) -> None:
    """Note it on the case, or on the one that stands for it. Nothing is agreed by that: a colleague answers."""
    with transaction.atomic():
        act = joined.act_on_target(case, Actor.CUSTOMER)
        act.append(
            "calendar_came",
            method=told.method,
            what=told.what,
            where=told.where,
            begins=told.begins.isoformat(),
            ends=told.ends.isoformat() if told.ends else "",
            whole_day=int(told.whole_day),
            repeats=int(told.repeats),
        )
