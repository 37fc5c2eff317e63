"""The customer says that it is settled: the case is resolved, and what is still open is owed no longer."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.cases import promises
from tantam.desk.cases.act import act_on, refuse_if_resolved
from tantam.desk.cases.models import Actor, Case


def settle(case: Case) -> Case:
    """Return the case, resolved by its customer's word. Raises Refused("already_resolved").

    What was promised to be settled is kept if it is in time; nothing else counts as kept: it is withdrawn.
    """
    with transaction.atomic():
        act = act_on(case, Actor.CUSTOMER)
        refuse_if_resolved(act)
        act.save(status=Case.Status.RESOLVED, resolved_at=act.now)
        act.append("resolved")
        promises.fulfil(act, promises.kept_by_the_customer)
        promises.withdraw_all(act)
        return act.case
