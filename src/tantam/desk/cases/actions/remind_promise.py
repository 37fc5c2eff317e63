"""Remind whoever gave their word, some time before it is due; while they are off duty, who stands in for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from tantam.desk.cases import joined, promises
from tantam.desk.cases.act import Act
from tantam.desk.cases.models import Actor, Promise
from tantam.desk.cases.reminding import Reminded, whom
from tantam.desk.common import work
from tantam.desk.common.work import handles


def remind_promise(promise_id: int, at: str) -> bool:
    """Return whether somebody was reminded now. Kept, withdrawn or moved meanwhile: False, and nothing happens.

    Nobody is reminded off duty: where nobody who could be told is on duty, it is looked at again when one of them is.
    at: the instant that the reminder was asked for, ISO; a promise that was moved has another one.
    """
    with transaction.atomic():
        found = Promise.objects.select_related("case").filter(pk=promise_id, state=Promise.State.OWED).first()
        if found is None or found.remind_at is None or found.remind_at.isoformat() != at:
            return False
        held = joined.act_on_target(found.case, Actor.PLAN)
        act = held.on(found.case_id)
        if act.case.events.filter(code="reminded", args__promise=found.pk, args__at=at).exists():
            return False
        told = _told(held, found)
        if told is None or told.at > act.now:
            if told is not None:
                again = {"promise": found.pk, "at": at}
                work.due(promises.REMINDER, f"reminder:{found.pk}:later:{told.at.isoformat()}", again, told.at)
            return False
        due = found.over_at.isoformat()
        act.append("reminded", promise=found.pk, kind=found.kind, due=due, owner=told.person.pk, at=at)
        return True


def _told(act: Act, promise: Promise) -> Reminded | None:
    """Return who is reminded: whoever made it, else who owns the case of this act, as far as they are on duty."""
    person = promise.made_by or act.case.owner
    return whom(person, act.case.level, now=act.now, due=promise.over_at) if person else None


@handles(promises.REMINDER)
def look_at_reminder(payload: Mapping[str, Any]) -> None:
    """Remind of the promise of a piece of due work."""
    remind_promise(int(payload["promise"]), str(payload["at"]))
