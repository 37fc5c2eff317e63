"""Appointments in mails: the one that a letter of ours carries, and the one that a customer's mail brings."""

from __future__ import annotations

from datetime import date, datetime, time
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from tantam.desk.cases import calendars
from tantam.desk.cases.invites import invite_of
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.email.invited import Invitation

FILE = "appointment.ics"


def attach_invitation(mail: EmailMessage, message: Message) -> None:
    """Attach the message's invitation, if it has one, as calendar programs look for it."""
    invite = invite_of(message)
    if invite is not None:
        mail.add_attachment(invite.text, subtype="calendar", params={"method": invite.method}, filename=FILE)


def note(case: Case, found: Invitation | None, timezone: str) -> None:
    """Note on the case to what its mail invites, if it does. timezone: of what names none."""
    if found is None:
        return
    zone = ZoneInfo(timezone)
    told = calendars.Proposed(
        method=found.method,
        what=found.what,
        where=found.where,
        begins=_instant(found.begins, zone),
        ends=_instant(found.ends, zone) if found.ends else None,
        whole_day=not isinstance(found.begins, datetime),
        repeats=found.repeats,
    )
    calendars.note(case, told)


def _instant(at: datetime | date, zone: ZoneInfo) -> datetime:
    if not isinstance(at, datetime):
        return datetime.combine(at, time(), zone)
    return at if at.tzinfo else at.replace(tzinfo=zone)
