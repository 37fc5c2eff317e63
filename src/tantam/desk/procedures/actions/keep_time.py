"""Let time go by in procedures: what was waited for has come, and what took too long goes the way of the late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor
from tantam.desk.common import clock
from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles
from tantam.desk.procedures.models import Run
from tantam.desk.procedures.running import moving
from tantam.desk.procedures.standing import standing_of

KEEP_TIME = "keep_procedure_time"
EVERY = timedelta(minutes=1)
BATCH = 500


def keep_time(run_id: int) -> bool:
    """Return whether the run moved now. One that ended, or whose time has not come, stays; twice is harmless."""
    with transaction.atomic():
        run = Run.objects.select_related("case").filter(pk=run_id, state=Run.State.RUNNING).first()
        if run is None:
            return False
        act = act_on(run.case, Actor.PLAN)
        run = Run.objects.filter(pk=run_id, state=Run.State.RUNNING, next_at__lte=act.now).first()
        if run is None:
            return False
        goes = moving(act, run)
        goes.move(goes.walker.tick(standing_of(run)))
        return True


@handles(KEEP_TIME)
def look_at_time(payload: Mapping[str, Any]) -> None:
    """Move the runs whose time has come, up to BATCH of them; the others follow a minute later."""
    due = Run.objects.filter(state=Run.State.RUNNING, next_at__lte=clock.now()).order_by("next_at")
    for pk in due.values_list("pk", flat=True)[:BATCH]:
        keep_time(pk)


recurs(KEEP_TIME, EVERY)
