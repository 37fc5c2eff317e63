"""How a request about somebody's data is acted on: who may, the case locked, and it still open."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import Act, act_on
from tantam.desk.cases.models import Actor
from tantam.desk.common.errors import Refused
from tantam.desk.privacy.access import refuse_unless_may
from tantam.desk.privacy.models import Request


def hold_request(request: Request, by: Person) -> tuple[Act, Request]:
    """Return the act on its case and the request, both locked; the caller is inside a transaction.

    Raises Refused("not_allowed"), Refused("request_ended").
    """
    refuse_unless_may(by)
    act = act_on(request.case, Actor.PERSON, by)
    held = Request.objects.select_for_update(of=("self",)).select_related("customer").get(pk=request.pk)
    if held.ended_at is not None:
        raise Refused("request_ended")
    return act, held
