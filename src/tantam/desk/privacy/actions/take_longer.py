"""Take longer for a request about somebody's data, as far as the plan lets it: they are told, and why."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import outbox, promises, said
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Promise
from tantam.desk.common.errors import Refused
from tantam.desk.plans import kinds, rights
from tantam.desk.privacy.holding import hold_request
from tantam.desk.privacy.models import Request

MOST_REASON = 500


def take_longer(request: Request, by: Person, reason: str) -> Request:
    """Return the request with its last day. Once only, and while it is not late.

    Raises Refused: not_allowed, request_ended, needs_reason, request_no_longer.
    """
    with transaction.atomic():
        act, held = hold_request(request, by)
        why = said.first_line(said.why(reason), MOST_REASON)
        owed = rights.right(act.plan, held.kind, held.asked_at)
        if owed is None or owed.longest is None or held.due_at is None or held.longer_because or act.now > held.due_at:
            raise Refused("request_no_longer")
        before, held.due_at, held.longer_because = held.due_at, owed.longest, why
        held.save(update_fields=["due_at", "longer_because"])
        owing = act.case.promises.filter(kind=kinds.PERSONAL_DATA, state=Promise.State.OWED).first()
        if owing is not None:
            promises.move(act, owing, held.due_at, None)
        act.append("privacy_longer", clause=owed.because.clause, request=held.pk, due=held.due_at.isoformat())
        context = {"before": before, "due": held.due_at, "reason": why}
        outbox.post(act, letter("privacy/letters/longer.txt", act.case, act.plan, context))
        return held
