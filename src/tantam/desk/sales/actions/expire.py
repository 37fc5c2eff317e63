"""A quote runs out: its prices no longer hold, and its customer is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from tantam.desk.cases import joined, outbox
from tantam.desk.cases.models import Actor
from tantam.desk.common import work
from tantam.desk.sales import answering, standing
from tantam.desk.sales.actions.quote import EXPIRE
from tantam.desk.sales.letters import expired_letter
from tantam.desk.sales.models import Enquiry, Quote


def expire(pk: int) -> bool:
    """Return whether it ran out now. One that was answered or replaced stays what it is; the enquiry is open again."""
    found = Quote.objects.select_related("enquiry__case").filter(pk=pk).first()
    if found is None:
        return False
    with transaction.atomic():
        act = joined.act_on_target(found.enquiry.case, Actor.PLAN)
        found = answering.held(found)
        if found.state != Quote.State.STANDS or not standing.is_over(found, act.now):
            return False
        standing.end(found, Quote.State.EXPIRED)
        standing.move(found.enquiry, Enquiry.State.OPEN)
        own = act.on(found.enquiry_id)
        letter = outbox.post(own, expired_letter(found, own)) if act.case.is_under_way else None
        own.append("quote_expired", quote=found.pk, message=letter.pk if letter else None)
        return True


@work.handles(EXPIRE)
def look_at_quote(payload: Mapping[str, Any]) -> None:
    """Let the quote of a piece of due work run out if nobody answered it."""
    expire(int(payload["quote"]))
