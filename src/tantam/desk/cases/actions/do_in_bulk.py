"""Do one thing with many cases: each is a transaction of its own, and what one refuses leaves the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.cases.bulk.verbs import Doing
from tantam.desk.cases.bulk.work import AT_ONCE, DO, MOST
from tantam.desk.cases.models import BulkItem, BulkRun, Case
from tantam.desk.common import clock, work
from tantam.desk.common.errors import Refused
from tantam.desk.common.work import handles_long


def do_in_bulk(doing: Doing, cases: Sequence[Case], person: Person) -> BulkRun:
    """Return the run: done if there are few cases, else begun, and left to the worker.

    Raises Refused: not_allowed, nobody_chosen, too_many_chosen.
    """
    if not works_here(person):
        raise Refused("not_allowed")
    if not cases:
        raise Refused("nobody_chosen")
    if len(cases) > MOST:
        raise Refused("too_many_chosen", most=MOST)
    with transaction.atomic():
        run = BulkRun.objects.create(person=person, verb=doing.verb, args=dict(doing.args), at=clock.now())
        BulkItem.objects.bulk_create(BulkItem(run=run, case=each) for each in cases)
        if len(cases) > AT_ONCE:
            work.due(DO, f"bulk:{run.pk}", {"run": run.pk}, run.at)
    if len(cases) <= AT_ONCE:
        while do_next(run):
            pass
    return run


def do_next(run: BulkRun) -> bool:
    """Do it with the next case that is still to be done; return whether there was one."""
    with transaction.atomic():
        waiting = run.items.filter(state=BulkItem.State.TODO).select_related("case")
        item = waiting.select_for_update(of=("self",)).order_by("pk").first()
        if item is None:
            return False
        _do(item, Doing(run.verb, run.args), run.person)
        return True


def _do(item: BulkItem, doing: Doing, person: Person) -> None:
    item.before = doing.before(item.case)
    try:
        with transaction.atomic():
            doing.do(item.case, person)
        item.state = BulkItem.State.DONE
        item.seen = item.case.events.order_by("-pk").values_list("pk", flat=True).first() or 0
    except Refused as refused:
        item.state, item.why, item.args = BulkItem.State.REFUSED, refused.code, refused.arguments
    item.save(update_fields=["state", "why", "args", "before", "seen"])


@handles_long(DO)
def go_on(payload: Mapping[str, Any]) -> None:
    """Do the rest of a run, a case at a time; a run taken up again goes on where it was left."""
    run = BulkRun.objects.select_related("person").get(pk=int(payload["run"]))
    while do_next(run):
        work.hold()
