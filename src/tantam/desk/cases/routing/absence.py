"""What becomes of a case whose owner is away: whoever stands in has it, else its level; it comes back by choice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.db.models import Q

from tantam.desk import duty
from tantam.desk.accounts.access import works_here
from tantam.desk.cases.act import Act, act_on
from tantam.desk.cases.actions.take import is_beyond
from tantam.desk.cases.models import Actor, Case
from tantam.desk.cases.routing.route import ask
from tantam.desk.duty.roster import absences_at

Why = Literal["received", "promise", "reopened"]
AWAY = "away"  # `because` of a handing over by the plan: the owner is away


def cover(act: Act, why: Why) -> bool:
    """Give the case to who stands in if its owner is away, else to nobody at its level; return whether it moved.

    why: what happened that cannot wait for them.
    """
    owner = act.case.owner
    absence = duty.away(owner, act.now) if owner is not None else None
    if owner is None or absence is None:
        return False
    by = replace(act, actor=Actor.PLAN, person=None)
    deputy = duty.stand_in(owner, act.now)
    if deputy is not None and (not works_here(deputy) or is_beyond(act, deputy)):
        deputy = None
    by.save(owner=deputy)
    event = by.append(
        "handed_over",
        owner_before=owner.pk,
        owner=deputy.pk if deputy else None,
        level=act.case.level,
        because=AWAY,
        why=why,
        until=absence.until.isoformat(),
    )
    if deputy is None:
        ask(by, event.pk)
    return True


def cover_what_cannot_wait(now: datetime) -> int:
    """Cover the cases whose owner is away until after something is due on them; return how many moved."""
    absent = absences_at(now)
    due = Q()
    for each in absent.values():
        due |= Q(owner=each.person_id, next_due_at__lt=each.until)
    if not absent:
        return 0
    cases = Case.objects.filter(due, status__in=Case.UNDER_WAY, snoozed_at=None).order_by("next_due_at", "id")
    return sum(_covered(case) for case in cases[:500])


def _covered(case: Case) -> bool:
    with transaction.atomic():
        act = act_on(case, Actor.PLAN)
        return act.case.is_under_way and cover(act, "promise")
