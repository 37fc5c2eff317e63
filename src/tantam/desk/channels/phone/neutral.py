"""Reads what happened to a call in the desk's own format (docs/reference/phone.md)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from tantam.desk import plans
from tantam.desk.arrivals.intake import Read, reads
from tantam.desk.arrivals.models import Arrival
from tantam.desk.calls.actions import Told, What, note_call
from tantam.desk.common.storable import storable

CHANNEL = "phone"
_TYPES = {f"call.{each}": each for each in What}


@reads(CHANNEL)
def read(kept: Arrival) -> Read:
    """Return what was told. Raises ValueError for what is not in the format; then it stays in the tray."""
    told = told_in(json.loads(bytes(kept.raw)), kept.received_at)
    return Read(
        sender=told.number,
        subject=f"call.{told.what}",
        name=told.name,
        bring=lambda: note_call(told, plans.in_force(kept.received_at)),
    )


def told_in(sent: Any, received_at: datetime) -> Told:
    """Return what a body says. Raises ValueError naming what is wrong."""
    data = sent.get("data") if isinstance(sent, dict) else None
    if not isinstance(data, dict) or sent.get("type") not in _TYPES:
        raise ValueError(f"type must be one of {', '.join(_TYPES)}, and data an object.")
    direction = data.get("direction")
    if direction not in ("in", "out"):
        raise ValueError(f"data.direction is {direction!r}; it must be in or out.")
    incoming = direction == "in"
    ours, theirs = ("to", "from") if incoming else ("from", "to")
    return Told(
        name=f"{CHANNEL}:{_text(data, 'call', needed=True)}",
        what=_TYPES[sent["type"]],
        at=_instant(sent.get("timestamp"), received_at),
        incoming=incoming,
        number=_text(data, theirs),
        line=_text(data, ours),
        extension=_text(data, "extension"),
    )


def _text(data: dict[str, Any], field: str, *, needed: bool = False) -> str:
    value = data.get(field) or ""
    if not isinstance(value, str) or (needed and not value.strip()) or value != storable(value):
        raise ValueError(f"data.{field} is {value!r}; it must be a text{' of at least a letter' if needed else ''}.")
    return value.strip()


def _instant(written: object, received_at: datetime) -> datetime:
    """Return when it happened; where the sender does not say, when it came."""
    if written is None:
        return received_at
    read = datetime.fromisoformat(written) if isinstance(written, str) else None
    if read is None or read.tzinfo is None:
        raise ValueError(f"timestamp is {written!r}; write it as 2026-03-04T03:00:00Z.")
    return read
