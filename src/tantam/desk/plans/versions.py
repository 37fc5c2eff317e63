"""Which versions of the plan there are; each is thawed once a process."""

from __future__ import annotations

import threading
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from tantam.desk.common import clock
from tantam.desk.plans.changes import Changes, changes
from tantam.desk.plans.errors import NoPlan
from tantam.desk.plans.models import Directive, PlanVersion
from tantam.desk.plans.running import RunningPlan
from tantam.plan import sections

_IN_FORCE = """
    SELECT number, (SELECT plan_id FROM plans_laid WHERE base_id = number AND begins_at <= %s AND ends_at > %s LIMIT 1)
    FROM plans_planversion WHERE base_id IS NULL AND in_force_from <= %s
    ORDER BY in_force_from DESC, number DESC LIMIT 1
"""
_thawed: dict[int, RunningPlan] = {}
_lock = threading.Lock()


def in_force(at: datetime | None = None) -> RunningPlan:
    """Return the plan in force at `at`, with the directives that count then laid over it. Raises NoPlan.

    Of two versions that begin at once, the later number counts.
    """
    now = connection.ops.adapt_datetimefield_value(at or clock.now())
    with connection.cursor() as cursor:  # several times in every request: no query is composed for that
        cursor.execute(_IN_FORCE, [now, now, now])
        found = cursor.fetchone()
    if found is None:
        raise NoPlan
    return version(found[1] or found[0])


def version(number: int) -> RunningPlan:
    """Return the enacted plan with this number. Raises NoPlan."""
    known = _thawed.get(number)
    return known if known is not None else _thaw(number)


def newest(most: int) -> QuerySet[PlanVersion]:
    """Return the newest enacted versions with who enacted them, without their frozen text."""
    return PlanVersion.objects.filter(base=None).order_by("-number").defer("frozen").select_related("enacted_by")[:most]


def before(number: int) -> RunningPlan | None:
    """Return the version that was in force when this one began, None for the first."""
    row = PlanVersion.objects.filter(number=number, base=None).values("number", "in_force_from").first()
    earlier = PlanVersion.objects.filter(base=None, in_force_from__lte=row["in_force_from"]) if row else None
    if row is None or earlier is None:
        return None
    numbers = earlier.exclude(number=number).order_by("-in_force_from", "-number").values_list("number", flat=True)
    found = numbers.first()
    return version(found) if found else None


def changed(plan: RunningPlan, before: RunningPlan) -> Changes:
    """Return what a version says otherwise than another."""
    return changes(plan.plan, before.plan)


def thawed(number: int) -> RunningPlan | None:
    """Return the version if this process has thawed it already."""
    return _thawed.get(number)


def forget(number: int) -> None:
    """Drop what was thawed under this number, which is about to be given to a version."""
    _thawed.pop(number, None)


def _thaw(number: int) -> RunningPlan:
    with _lock:
        if number not in _thawed:
            row = PlanVersion.objects.select_related("base").filter(number=number).first()
            if row is None:
                raise NoPlan
            known = Directive.objects.in_bulk(row.directives) if row.directives else {}
            laid = tuple(known[each] for each in row.directives)
            _thawed[number] = RunningPlan(row, sections.thaw(row.frozen), laid)
        return _thawed[number]
