"""Reopen a resolved case, with new promises by the plan in force."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import promises, said
from tantam.desk.cases.act import Act, act_on, refuse_if_merged
from tantam.desk.cases.facts import known_of
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused
from tantam.desk.plans import ways


def reopen(case: Case, *, by: Actor = Actor.CUSTOMER, person: Person | None = None, reason: str = "") -> Case:
    """Return the case, open again at the level it had, with its owner.

    reason: their words, kept as a message of the customer or a note of the person.
    Raises Refused: not_resolved, is_merged, too_long, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, by, person)
        refuse_if_merged(act)
        if act.case.status != Case.Status.RESOLVED:
            raise Refused("not_resolved")
        if reason.strip() and by is Actor.CUSTOMER:
            said.hear(act, reason, channel=ways.way_in(act.plan, ways.WEB))
        elif reason.strip():
            said.note_down(act, reason)
        open_again(act)
        return act.case


def open_again(act: Act) -> None:
    """Open the resolved case of this act, under the plan in force: what is owed from now on is asked of that."""
    case = act.case
    act.save(status=Case.Status.OPEN, resolved_at=None, reopened=case.reopened + 1, plan_version=act.plan.row)
    act.append("reopened", times=case.reopened)
    promises.make_all(act, act.plan, known_of(case, act.plan, act.now))
    promises.note_next_due(act)
