"""Which versions of the plan there are; each is thawed once a process."""

from __future__ import annotations

import threading
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from tantam.desk.common import clock
from tantam.desk.plans.errors import NoPlan
from tantam.desk.plans.models import Directive, Laid, PlanVersion
from tantam.desk.plans.running import RunningPlan
from tantam.plan import sections

_thawed: dict[int, RunningPlan] = {}
_lock = threading.Lock()


def in_force(at: datetime | None = None) -> RunningPlan:
    """Return the plan in force at `at`, with the directives that count then laid over it. Raises NoPlan.

    Of two versions that begin at once, the later number counts.
    """
    now = at or clock.now()
    begun = PlanVersion.objects.filter(base=None, in_force_from__lte=now).order_by("-in_force_from", "-number")
    laid = Laid.objects.filter(base=OuterRef("number"), begins_at__lte=now, ends_at__gt=now)
    found = begun.values_list("number", Subquery(laid.values("plan")[:1])).first()
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
