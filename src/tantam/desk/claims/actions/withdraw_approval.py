"""Ask no longer for an approval."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor
from tantam.desk.claims.approvals import State, end
from tantam.desk.claims.models import Approval
from tantam.desk.common.errors import Refused


def withdraw_approval(approval: Approval, person: Person) -> Approval:
    """Return the request, withdrawn by who asked or by the case's owner. Withdrawing it twice is harmless.

    Raises Refused: approval_decided, approval_ended, not_allowed.
    """
    with transaction.atomic():
        act = act_on(approval.case, Actor.PERSON, person)
        approval = Approval.objects.select_related("decided_by").get(pk=approval.pk)
        if person.pk not in (approval.asked_by_id, act.case.owner_id):
            raise Refused("not_allowed")
        if approval.decided_by is not None:
            raise Refused("approval_decided", who=approval.decided_by.name)
        if approval.state == State.EXPIRED:
            raise Refused("approval_ended")
        if approval.state == State.WAITING:
            end(act, approval, State.WITHDRAWN, "approval_withdrawn")
        return approval
