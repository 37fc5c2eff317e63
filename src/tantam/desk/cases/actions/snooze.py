"""Put a case to sleep until a time or the customer's next word; what is owed goes on running and wakes it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import sleep
from tantam.desk.cases.act import act_on, refuse_if_changed, refuse_if_resolved
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.errors import Refused

LONGEST = timedelta(days=366)


def snooze(case: Case, person: Person, until: datetime | None = None, *, seen: int | None = None) -> Case:
    """Return the case, asleep. until: aware, ahead; None sleeps until the customer writes.

    It wakes an hour before something is due at the latest. seen: the last event id that the person has read.
    Raises Refused: not_ahead, owed_soon, changed_meanwhile, already_resolved, is_merged, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_resolved(act)
        refuse_if_changed(act, seen)
        if until is not None and not act.now < until <= act.now + LONGEST:
            raise Refused("not_ahead")
        latest = sleep.awake_from(act.case)
        if latest is not None and latest <= act.now:
            raise Refused("owed_soon")
        act.save(snoozed_at=act.now, snoozed_until=until)
        act.append("snoozed", until=until.isoformat() if until else None)
        sleep.watch(act.case)
        return act.case
