"""Remind whoever gave their word, some time before it is due."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from tantam.desk.cases import promises
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Promise
from tantam.desk.common.work import handles


def remind_promise(promise_id: int, at: str) -> bool:
    """Return whether its maker was reminded now. Kept, withdrawn or moved meanwhile: False, and nothing happens.

    at: the instant that the reminder was asked for, ISO; a promise that was moved has another one.
    """
    with transaction.atomic():
        found = Promise.objects.select_related("case").filter(pk=promise_id, state=Promise.State.OWED).first()
        if found is None or found.remind_at is None or found.remind_at.isoformat() != at:
            return False
        act = act_on(found.case, Actor.PLAN)
        if act.case.events.filter(code="reminded", args__promise=found.pk, args__at=at).exists():
            return False
        due, owner = promises.until(found).isoformat(), found.made_by_id or act.case.owner_id
        act.append("reminded", promise=found.pk, kind=found.kind, due=due, owner=owner, at=at)
        return True


@handles(promises.REMINDER)
def look_at_reminder(payload: Mapping[str, Any]) -> None:
    """Remind of the promise of a piece of due work."""
    remind_promise(int(payload["promise"]), str(payload["at"]))
