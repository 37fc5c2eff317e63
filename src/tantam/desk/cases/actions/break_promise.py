"""Find a promise past its time: it is broken, and the case goes up by the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from tantam.desk.cases import promises
from tantam.desk.cases.act import act_on
from tantam.desk.cases.actions.escalate import go_up
from tantam.desk.cases.models import Actor, Promise
from tantam.desk.common.work import handles


def break_promise(promise_id: int) -> bool:
    """Return whether it was broken now. Kept, paused, moved or already broken: False, and nothing happens."""
    with transaction.atomic():
        promise = Promise.objects.select_related("case").filter(pk=promise_id).first()
        if promise is None or promise.state != Promise.State.OWED:
            return False
        act = act_on(promise.case, Actor.PLAN)
        if not promises.break_if_missed(act, promise):
            return False
        go_up(act, "missed", promise=promise.pk)
        return True


@handles(promises.DEADLINE)
def look_at_promise(payload: Mapping[str, Any]) -> None:
    """Break the promise of a piece of due work if it was missed."""
    break_promise(int(payload["promise"]))
