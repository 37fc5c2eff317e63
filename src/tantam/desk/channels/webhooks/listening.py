"""Hears every event and writes, in its transaction, what is to be sent to whom: a row and its due work an address."""

from __future__ import annotations

from tantam.desk.cases.act import Act
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.models import CaseEvent
from tantam.desk.channels.webhooks import outbox
from tantam.desk.channels.webhooks.codes import CODES, is_wanted
from tantam.desk.channels.webhooks.models import Delivery, Endpoint
from tantam.desk.common.rows import insert


@hears(*sorted(CODES))
def hear(act: Act, event: CaseEvent) -> None:
    """Write down what is to be sent. One query an act where nobody is to be told."""
    found = act.remembered.get("webhooks")
    if found is None:
        found = act.remembered["webhooks"] = list(Endpoint.objects.filter(stopped="").order_by("id"))
    wanted = [each for each in found if is_wanted(event.code, each.wants)]
    if wanted:
        rows = [Delivery(endpoint=each, event=event, code=event.code, at=event.at, next_at=act.now) for each in wanted]
        insert(rows)
        outbox.ask(rows)
