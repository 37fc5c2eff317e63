"""Promise what departments owe unasked, again and again: the next turn is owed as soon as the last one was due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Min
from django.utils import translation

from tantam.desk import plans
from tantam.desk.cases import opening
from tantam.desk.cases.actions.ask_department import promise_of
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.models import Actor, Case, Promise
from tantam.desk.common import clock
from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles
from tantam.desk.customers.departments import customer_of
from tantam.desk.plans import RunningPlan, departments, ways
from tantam.desk.plans.care import departments as all_departments
from tantam.desk.plans.departments import Owing

DELIVERABLES = "deliverables"  # recurring work without a payload
EVERY = timedelta(minutes=30)

recurs(DELIVERABLES, EVERY)


def open_deliverables() -> int:
    """Open what is owed by the next turn of each recurring deliverable; return how many were opened now.

    Turns that passed while no worker ran are not made up for: who was owed them was owed them then, unseen.
    """
    try:
        plan = plans.in_force()
    except plans.NoPlan:
        return 0
    return sum(open_turn(plan, each) is not None for each in departments.owed(plan) if each.recurring)


@handles(DELIVERABLES)
def open_in_turn(_payload: Mapping[str, Any]) -> None:
    """Open them, for the worker."""
    open_deliverables()


def open_turn(plan: RunningPlan, owing: Owing) -> Case | None:
    """Return the case of the next turn if it was opened now; the same turn is never opened twice."""
    now = clock.now()
    known = Promise.objects.filter(owed_by=owing.department, kind=owing.name, clause=owing.clause)
    since = known.aggregate(first=Min("made_at"))["first"] or now
    due = departments.next_turn(plan, owing, now, since)
    if due is None or known.filter(due_at=due).exists():
        return None
    try:
        with transaction.atomic():
            return _open(plan, owing, due)
    except IntegrityError:  # another worker was first
        return None


def _open(plan: RunningPlan, owing: Owing, due: datetime) -> Case | None:
    turn = f"{owing.clause}:{due.isoformat()}"
    if opening.opened_before(submission=turn) is not None:
        return None
    lang = plan.languages[0]
    what = departments.what(plan, owing.clause, lang) or owing.name
    with translation.override(lang):
        concern = Concern(
            customer=customer_of(_receiver(plan, owing)),
            body=what,
            subject=what,
            channel=ways.way_in(plan, ways.WEB),
            language=lang,
            submission=turn,
            department=owing.department,
            plan=plan,
        )
    act, _ = opening.begin(concern, Actor.PLAN, None)
    promise_of(act, owing, plan, due)
    return act.case


def _receiver(plan: RunningPlan, owing: Owing) -> str:
    """Return the department that receives it: the first that it is owed to, else the one that owes it."""
    known = {each.name for each in all_departments(plan, plan.languages[0])}
    return next((each for each in owing.to if each in known), owing.department)
