"""Asks for the sending of deliveries as due work; who sends them is another matter."""

from __future__ import annotations

from collections.abc import Iterable

from tantam.desk.channels.webhooks.models import Delivery
from tantam.desk.common.models import DueWork
from tantam.desk.common.work import all_due

SEND = "send_webhooks"


def ask(rows: Iterable[Delivery]) -> None:
    """Ask for the sending of these when each is due, in the caller's transaction."""
    all_due(
        [
            DueWork(
                kind=SEND,
                key=f"{SEND}:{each.pk}:{each.attempts}:{int(each.next_at.timestamp())}",
                payload={"endpoint": each.endpoint_id},
                due_at=each.next_at,
            )
            for each in rows
            if each.next_at is not None
        ]
    )
