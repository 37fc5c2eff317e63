"""For how long a promise's clock stood: it was put off by as much."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from tantam.desk import plans
from tantam.desk.cases.models import CaseEvent, Promise


def first_dues(events: QuerySet[CaseEvent]) -> dict[int, datetime]:
    """Return {promise's id: when it was due as it was made}, by the events that tell of its making; one query."""
    told = events.filter(code="promised").values_list("args", flat=True)
    return {each["promise"]: datetime.fromisoformat(each["due"]) for each in told}


def stood(promise: Promise, dues: Mapping[int, datetime]) -> int:
    """Return for how many open minutes its clock stood, without a pause that lasts still. dues: see `first_dues`."""
    made_by = plans.version(promise.plan_version_id)
    return made_by.minutes_left(promise.clock, dues.get(promise.pk, promise.due_at), promise.due_at)
