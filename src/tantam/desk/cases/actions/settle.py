"""The customer says that it is settled: the case is resolved, and what is still open is owed no longer."""

from __future__ import annotations

from django.db import transaction

from tantam.desk import plans
from tantam.desk.cases import promises
from tantam.desk.cases.act import Act, act_on, refuse_if_resolved
from tantam.desk.cases.models import Actor, Case, Promise

KEPT_BY_SETTLING = "resolution"


def settle(case: Case) -> Case:
    """Return the case, resolved by its customer's word. Raises Refused("already_resolved").

    What was promised to be settled is kept if it is in time; nothing else counts as kept: it is withdrawn.
    """
    with transaction.atomic():
        act = act_on(case, Actor.CUSTOMER)
        refuse_if_resolved(act)
        act.save(status=Case.Status.RESOLVED, resolved_at=act.now)
        act.append("resolved")
        promises.fulfil(act, lambda promise: promise.kind == KEPT_BY_SETTLING)
        for promise in act.case.promises.filter(state=Promise.State.OWED):
            _withdraw(act, promise)
        promises.note_next_due(act)
        return act.case


def _withdraw(act: Act, promise: Promise) -> None:
    owed = Promise.objects.filter(pk=promise.pk, state=Promise.State.OWED)
    if owed.update(state=Promise.State.WITHDRAWN, ended_at=act.now):
        made_by = plans.version(promise.plan_version_id)
        act.append("withdrawn", clause=promise.clause, plan=made_by, promise=promise.pk, kind=promise.kind)
