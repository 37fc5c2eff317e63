"""What another program is told of an event: codes and ids; people's own words only where that was asked for."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings

from tantam.desk.cases.models import CaseEvent, Message
from tantam.desk.channels.webhooks.codes import is_plain
from tantam.desk.channels.webhooks.models import Delivery

MOST_WORDS = 10_000  # characters of a message


def payload(delivery: Delivery) -> bytes:
    """Return the body, JSON in UTF-8: the same each time it is tried, unless the case was erased since."""
    event = delivery.event
    told = {
        "type": delivery.code,
        "timestamp": delivery.at.isoformat(),
        "data": _told(event, words=delivery.endpoint.words) if event else {},
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _told(event: CaseEvent, *, words: bool) -> dict[str, Any]:
    reference = event.case.reference
    told = {
        "event": str(event.pk),
        "case": {
            "id": str(event.case_id),
            "reference": reference,
            "url": f"{settings.BASE_URL}/api/v1/cases/{reference}",
        },
        "actor": event.actor,
        "person": str(event.person_id) if event.person_id else None,
        "plan": event.plan_version_id,
        "clause": event.clause,
        "args": {name: _whole(each) for name, each in event.args.items() if words or is_plain(event.code, name)},
    }
    return told | _message(event) if words else told


def _whole(value: Any) -> Any:
    """Return ids, which have more digits than JavaScript reads, as text; everything else as it is."""
    return str(value) if isinstance(value, int) and abs(value) >= 2**53 else value


def _message(event: CaseEvent) -> dict[str, Any]:
    """Return the message that the event is about, unless it is a note for colleagues."""
    said = event.case.messages.exclude(direction=Message.Direction.NOTE).filter(pk=event.args.get("message")).first()
    if said is None:
        return {}
    return {"message": {"id": str(said.pk), "direction": said.direction, "body": said.body[:MOST_WORDS]}}
