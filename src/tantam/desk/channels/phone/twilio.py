"""Reads Twilio's status callbacks and what it asks after a <Dial>, by its published schema.

Sources: https://www.twilio.com/docs/voice/twiml (status callbacks), https://www.twilio.com/docs/voice/twiml/dial.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl

from tantam.desk import plans
from tantam.desk.arrivals.intake import Read, reads
from tantam.desk.arrivals.models import Arrival
from tantam.desk.calls.actions import Told, What, note_call
from tantam.desk.common.storable import storable

CHANNEL = "twilio"
HIDDEN = ("+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253")  # words typed on a telephone's keys
_OF_CALL = {
    "queued": What.RINGING,
    "initiated": What.RINGING,
    "ringing": What.RINGING,
    "in-progress": What.RINGING,  # of a call that came in, Twilio itself has answered: no person yet
    "completed": What.ENDED,
    "busy": What.MISSED,
    "no-answer": What.MISSED,
    "failed": What.MISSED,
    "canceled": What.MISSED,
}
_OF_LEG = {"ringing": What.RINGING, "in-progress": What.ANSWERED}  # that <Dial> called: somebody of ours
_AFTER_DIAL = {"completed": What.ANSWERED, "answered": What.ANSWERED}  # all else: nobody took it


@reads(CHANNEL)
def read(kept: Arrival) -> Read:
    """Return what was told. Raises ValueError for what Twilio's reference does not know; then it stays in the tray."""
    fields = storable(dict(parse_qsl(bytes(kept.raw).decode("utf-8"), keep_blank_values=True)))
    told = told_in(fields, kept.received_at)
    return Read(
        sender=fields.get("From", ""),
        subject=fields.get("DialCallStatus") or fields.get("CallStatus", ""),
        name=fields.get("CallSid", ""),
        bring=lambda: note_call(told, plans.in_force(kept.received_at)) if told else None,
    )


def told_in(fields: Mapping[str, str], received_at: datetime) -> Told | None:
    """Return what a request says, None for what changes nothing that we keep. Raises ValueError."""
    direction, call, parent = (fields.get(each, "") for each in ("Direction", "CallSid", "ParentCallSid"))
    if not call or not direction:
        raise ValueError("CallSid and Direction are missing; is it a voice request?")
    leg = direction == "outbound-dial" and bool(parent)
    what = _what(fields, leg)
    if what is None:
        return None
    incoming = leg or direction == "inbound"
    number = fields.get("From" if incoming else "To", "")
    return Told(
        name=f"{CHANNEL}:{parent if leg else call}",
        what=what,
        at=_instant(fields.get("Timestamp", ""), received_at),
        incoming=incoming,
        number="" if number in HIDDEN else number,
        line="" if leg else fields.get("To" if incoming else "From", ""),
        extension=fields.get("To", "") if leg else "",
    )


def _what(fields: Mapping[str, str], leg: bool) -> What | None:
    status, dialled = fields.get("CallStatus", ""), fields.get("DialCallStatus", "")
    if leg:
        return _OF_LEG.get(status)
    if dialled:
        return _AFTER_DIAL.get(dialled, What.MISSED)
    if fields.get("Direction") != "inbound" and status == "in-progress":
        return What.ANSWERED
    if status not in _OF_CALL:
        raise ValueError(f"CallStatus is {status!r}; Twilio's reference has {', '.join(_OF_CALL)}.")
    return _OF_CALL[status]


def _instant(written: str, received_at: datetime) -> datetime:
    """Return when it happened (RFC 2822); where Twilio does not say, when it came."""
    try:
        read = parsedate_to_datetime(written)
    except ValueError:
        return received_at
    return read if read.tzinfo else read.replace(tzinfo=UTC)
