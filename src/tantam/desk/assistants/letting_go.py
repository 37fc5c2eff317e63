"""Lets go of what is written of assistants' calls once it was kept for as long as the plan says.

What an assistant did in a case stands in that case's events, and stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from tantam.desk import plans
from tantam.desk.assistants.models import Doing
from tantam.desk.common import clock, recurring
from tantam.desk.common.tidying import in_portions
from tantam.desk.common.work import handles
from tantam.desk.plans import keeping

LET_GO = "let_assistants_calls_go"  # work without payload
MOST = 2_000  # at a time

recurring.recurs(LET_GO, timedelta(hours=1))


@handles(LET_GO)
def let_go(_payload: Mapping[str, Any]) -> None:
    """Delete what was kept long enough, in portions. Without a plan in force nobody said how long: all stays."""
    now = clock.now()
    try:
        before = keeping.calls_before(plans.in_force(now), now)
    except plans.NoPlan:
        return
    if before is not None:
        in_portions(partial(_delete, before))


def _delete(before: datetime) -> int:
    ids = list(Doing.objects.filter(at__lt=before).order_by("id").values_list("id", flat=True)[:MOST])
    return Doing.objects.filter(id__in=ids).delete()[0]
