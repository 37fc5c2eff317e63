"""Take back what was done with many cases, where that can be: what happened on a case since then keeps it as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import has_news
from tantam.desk.cases.bulk.verbs import Doing
from tantam.desk.cases.bulk.work import AT_ONCE, UNDO, progress
from tantam.desk.cases.models import BulkItem, BulkRun
from tantam.desk.common import clock, work
from tantam.desk.common.errors import Refused
from tantam.desk.common.work import handles_long


def undo_bulk(run: BulkRun, person: Person) -> BulkRun:
    """Return the run, taken back if there were few cases, else left to the worker. Asked twice, nothing more happens.

    Raises Refused: not_allowed.
    """
    if run.person_id != person.pk:
        raise Refused("not_allowed")
    with transaction.atomic():
        run = BulkRun.objects.select_for_update().get(pk=run.pk)
        if run.undo_asked_at is None:
            run.undo_asked_at = clock.now()
            run.save(update_fields=["undo_asked_at"])
            run.items.filter(state=BulkItem.State.TODO).update(state=BulkItem.State.UNDONE)
    left = progress(run).done
    if left > AT_ONCE:
        work.due(UNDO, f"bulk-undo:{run.pk}", {"run": run.pk}, clock.now())
        return run
    while undo_next(run):
        pass
    return run


def undo_next(run: BulkRun) -> bool:
    """Take it back on the next case; return whether there was one."""
    with transaction.atomic():
        done = run.items.filter(state=BulkItem.State.DONE).select_related("case")
        item = done.select_for_update(of=("self",)).order_by("-pk").first()
        if item is None:
            return False
        try:
            with transaction.atomic():
                if has_news(item.case, item.seen):
                    raise Refused("not_undoable")
                Doing(run.verb, run.args).undo(item.case, run.person, item.before)
            item.state = BulkItem.State.UNDONE
        except Refused as refused:
            item.state, item.why, item.args = BulkItem.State.KEPT, refused.code, refused.arguments
        item.save(update_fields=["state", "why", "args"])
        return True


@handles_long(UNDO)
def go_on(payload: Mapping[str, Any]) -> None:
    """Do the rest of a run, a case at a time; a run taken up again goes on where it was left."""
    run = BulkRun.objects.select_related("person").get(pk=int(payload["run"]))
    while undo_next(run):
        work.hold()
