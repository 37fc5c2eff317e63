"""Which versions of the plan there are; each is thawed once a process."""

from __future__ import annotations

import threading
from datetime import datetime

from django.db.models import QuerySet

from tantam.desk.common import clock
from tantam.desk.plans.errors import NoPlan
from tantam.desk.plans.models import PlanVersion
from tantam.desk.plans.running import RunningPlan
from tantam.plan import sections

_thawed: dict[int, RunningPlan] = {}
_lock = threading.Lock()


def in_force(at: datetime | None = None) -> RunningPlan:
    """Return the plan in force at `at`; of two that begin at once, the later number. Raises NoPlan."""
    begun = PlanVersion.objects.filter(in_force_from__lte=at or clock.now())
    number = begun.order_by("-in_force_from", "-number").values_list("number", flat=True).first()
    if number is None:
        raise NoPlan
    return version(number)


def version(number: int) -> RunningPlan:
    """Return the enacted plan with this number. Raises NoPlan."""
    known = _thawed.get(number)
    return known if known is not None else _thaw(number)


def newest(most: int) -> QuerySet[PlanVersion]:
    """Return the newest versions with who enacted them, without their frozen text."""
    return PlanVersion.objects.order_by("-number").defer("frozen").select_related("enacted_by")[:most]


def thawed(number: int) -> RunningPlan | None:
    """Return the version if this process has thawed it already."""
    return _thawed.get(number)


def forget(number: int) -> None:
    """Drop what was thawed under this number, which is about to be given to a version."""
    _thawed.pop(number, None)


def _thaw(number: int) -> RunningPlan:
    with _lock:
        if number not in _thawed:
            row = PlanVersion.objects.filter(number=number).first()
            if row is None:
                raise NoPlan
            _thawed[number] = RunningPlan(row, sections.thaw(row.frozen))
        return _thawed[number]
