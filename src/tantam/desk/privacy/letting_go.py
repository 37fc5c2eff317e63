"""Empties cases whose words the plan keeps no longer: by its clause about what is said, from when they ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tantam.desk import plans
from tantam.desk.cases.models import Case
from tantam.desk.common import clock, recurring, work
from tantam.desk.common.ids import new_id
from tantam.desk.common.work import handles_long
from tantam.desk.plans import keeping
from tantam.desk.privacy.doing import HISTORY
from tantam.desk.privacy.emptying import empty
from tantam.desk.privacy.models import Emptied

LET_GO = "let_words_of_cases_go"  # work without payload
AT_ONCE = 50  # cases in one transaction

recurring.recurs(LET_GO, timedelta(hours=6))


@handles_long(LET_GO)
def let_go(_payload: Mapping[str, Any]) -> None:
    """Empty what was kept long enough, in portions. Without a clause, or without a plan in force, all stays."""
    now = clock.now()
    try:
        clause, before = keeping.words_before(plans.in_force(now), now)
    except plans.NoPlan:
        return
    while before is not None and _some(clause, before, now):
        work.hold()


def _some(clause: str, before: datetime, now: datetime) -> int:
    done = Emptied.objects.values("case")
    old = Case.objects.filter(resolved_at__lt=before, status=Case.Status.RESOLVED).exclude(pk__in=done)
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    with transaction.atomic():
        _went, events = empty(keys)
        Emptied.objects.bulk_create([Emptied(case_id=each, at=now, clause=clause) for each in keys])
        if events:
            work.due(HISTORY, f"emptied:{new_id()}", {"events": events}, now)
    return len(keys)
