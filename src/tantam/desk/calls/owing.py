"""Which call back a missed call is owed, and which number is owed one already."""

from __future__ import annotations

from datetime import datetime

from tantam.desk.calls.models import Callback
from tantam.desk.cases import promises
from tantam.desk.cases.act import Act
from tantam.desk.cases.facts import known_of
from tantam.desk.cases.models import STILL_TO_KEEP, Promise
from tantam.desk.cases.vows import CALL
from tantam.desk.plans import Fact, RunningPlan, Standing, calling, kinds
from tantam.desk.plans.ways import PHONE, way_in


def owed_to(number: str) -> Callback | None:
    """Return the call back that this number is owed since it called us; None if it is owed none."""
    still = Promise.objects.filter(STILL_TO_KEEP)
    owed = Callback.objects.filter(promise__in=still, number=number, calls__gt=0).select_related("promise__case")
    return owed.order_by("id").first() if number else None


def is_call_back(promise: Promise) -> bool:
    """Whether the promise is to call the customer."""
    return promise.kind in kinds.CALL_BACKS


def promised(act: Act, *, since: datetime | None = None) -> Promise:
    """Promise to call back, by the plan's promise of that kind, else by what counts without one.

    since: from when it suits them to be called, None for at once.
    """
    start = max(act.now, since or act.now)
    facts = known_of(act.case, act.plan, act.now)
    facts["channel"] = Fact(way_in(act.plan, PHONE), Standing.RECORDED)
    by_plan = [each for each in promises.all_of_plan(act.case, act.plan, facts, start) if is_call_back(each)]
    made = min(by_plan, key=lambda each: each.due_at, default=None) or _by_rule(act.plan, start)
    promises.write(act, [made])
    promises.note_next_due(act)
    return made


def _by_rule(plan: RunningPlan, now: datetime) -> Promise:
    return Promise(
        kind=CALL,
        clock=calling.hours(plan),
        due_at=calling.called_back(plan, now),
        plan_version=plan.row,
    )
