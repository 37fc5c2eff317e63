"""Find a promise past its time: it is broken, and the case goes up by the plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from tantam.desk.cases import joined, promises
from tantam.desk.cases.act import Act
from tantam.desk.cases.actions.escalate import go_up
from tantam.desk.cases.models import Actor, Promise
from tantam.desk.common import work
from tantam.desk.common.work import handles

AFTERWARDS = timedelta(seconds=2)


def break_promise(promise_id: int) -> bool:
    """Return whether it was broken now. Kept, paused, moved or already broken: False, and nothing happens."""
    with transaction.atomic():
        promise = Promise.objects.select_related("case").filter(pk=promise_id).first()
        if promise is None or promise.state != Promise.State.OWED:
            return False
        act = joined.act_on_target(promise.case, Actor.PLAN)
        if _being_kept(act, promise):
            return False
        if not promises.break_if_missed(act.on(promise.case_id), promise):
            return False
        act.case.refresh_from_db(fields=["next_due_at"])
        go_up(act, "missed", promise=promise.pk)
        return True


def _being_kept(act: Act, promise: Promise) -> bool:
    """Whether somebody pressed send in time on what keeps it, and it is held still; then it is looked at afterwards."""
    words = promises.kept_by_words(promise)
    held = act.case.drafts.filter(held_until__isnull=False, timed=False, pressed_at__lte=promise.due_at)
    for draft in held.order_by("held_until"):
        if words or draft.settles:
            again = max(act.now, draft.held_until or act.now) + AFTERWARDS
            work.due(
                promises.DEADLINE,
                f"promise:{promise.pk}:held:{int(again.timestamp() * 1000)}",
                {"promise": promise.pk},
                again,
            )
            return True
    return False


@handles(promises.DEADLINE)
def look_at_promise(payload: Mapping[str, Any]) -> None:
    """Break the promise of a piece of due work if it was missed."""
    break_promise(int(payload["promise"]))
