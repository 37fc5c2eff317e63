"""Begin a recall: every owner is written down, and the worker sees to them one after the other."""

from __future__ import annotations

from django.db import transaction

from tantam.desk import plans
from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.common import clock, work
from tantam.desk.common.errors import Refused
from tantam.desk.common.rows import insert
from tantam.desk.recalls.meeting import things
from tantam.desk.recalls.models import Owned, Recall

RUN = "run_recall"  # work whose payload is {"recall": id}


def begin(recall: Recall, by: Person) -> Recall:
    """Return the recall, under way. Begun twice is once. Raises NoPlan, Refused: not_allowed, meets_nobody."""
    if not (works_here(by) and by.manages):
        raise Refused("not_allowed")
    with transaction.atomic():
        held = Recall.objects.select_for_update().get(pk=recall.pk)
        if held.state != Recall.State.PREPARED:
            return held
        found = dict.fromkeys(things(held, plans.in_force()))
        if not found:
            raise Refused("meets_nobody")
        insert([Owned(recall=held, purchase=purchase, serial=serial) for purchase, serial in found])
        held.state, held.begun_at = Recall.State.RUNNING, clock.now()
        held.save(update_fields=["state", "begun_at"])
        work.due(RUN, f"recall:{held.pk}", {"recall": held.pk}, clock.now())
        return held
