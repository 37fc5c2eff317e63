"""Lets go of what came in once it was kept for as long as the plan says: machines' mail, then all as it came.

What waits in the tray for a person is never let go of, and no message: that stands in its case.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from tantam.desk import plans
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.common import clock, recurring
from tantam.desk.common.tidying import in_portions
from tantam.desk.common.work import handles
from tantam.desk.plans import keeping

LET_GO = "let_arrivals_go"  # work without payload
MOST = 200  # at a time: each may be of 25 MB
NOBODYS = (Problem.AUTOMATIC, Problem.DUPLICATE)
CONCERNS_NO_CASE = (Problem.NONE, Problem.NOTED)  # a call that nobody is owed for

recurring.recurs(LET_GO, timedelta(hours=1))


@handles(LET_GO)
def let_go(_payload: Mapping[str, Any]) -> None:
    """Delete what machines wrote and what came twice; throw away the bytes of what became a message. In portions.

    Without a plan in force nobody said how long anything is kept: all stays.
    """
    now = clock.now()
    try:
        plan = plans.in_force(now)
    except plans.NoPlan:
        return
    if machines := keeping.machines_before(plan, now):
        in_portions(partial(_delete, NOBODYS, machines))
    if raw := keeping.raw_before(plan, now):
        in_portions(partial(_delete, CONCERNS_NO_CASE, raw))
        in_portions(partial(_empty, raw, now))


def _delete(problems: tuple[Problem, ...], before: datetime) -> int:
    old = Arrival.objects.filter(case=None, thrown_at=None, problem__in=problems, received_at__lt=before)
    ids = list(old.exclude(read_at=None).order_by("id").values_list("id", flat=True)[:MOST])
    return Arrival.objects.filter(id__in=ids).only("id").delete()[0]  # their bytes are not read once more


def _empty(before: datetime, now: datetime) -> int:
    """Throw away the bytes; that something came, and into which case, is still known."""
    old = Arrival.objects.filter(received_at__lt=before, let_go_at=None).exclude(case=None)
    ids = list(old.order_by("received_at").values_list("id", flat=True)[:MOST])
    return Arrival.objects.filter(id__in=ids).update(raw=b"", let_go_at=now)
