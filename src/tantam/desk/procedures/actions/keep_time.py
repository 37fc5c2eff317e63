"""Let time go by in procedures: what was waited for has come, and what took too long goes the way of the late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from tantam.desk.cases.act import Act, act_on
from tantam.desk.cases.actions.reopen import open_again
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common import clock
from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles
from tantam.desk.plans.procedures import CUSTOMER
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
        walked = goes.walker.tick(standing_of(run))
        goes.move(walked)
        if any(goes.walker.who(each) == CUSTOMER for each in walked.late):
            _wake(act)
        return True


def _wake(act: Act) -> None:
    """Let somebody see that the customer's part did not come: a settled case is open again. Nothing else follows."""
    if act.case.status == Case.Status.RESOLVED and act.case.merged_into_id is None:
        open_again(act)


@handles(KEEP_TIME)
def look_at_time(payload: Mapping[str, Any]) -> None:
    """Move the runs whose time has come, up to BATCH of them; the others follow a minute later."""
    due = Run.objects.filter(state=Run.State.RUNNING, next_at__lte=clock.now()).order_by("next_at")
    for pk in due.values_list("pk", flat=True)[:BATCH]:
        keep_time(pk)


recurs(KEEP_TIME, EVERY)
