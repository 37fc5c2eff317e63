"""Writes an appointment as an iCalendar file (RFC 5545, RFC 5546): an invitation, its change, or its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from tantam.plan.calendars.lines_out import escaped, wrapped

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """begins, ends, stamp: aware. uid: the same as long as it is the same one; sequence: grows with each change.

    organizer, attendee: mail addresses, "" for none. A calendar program shows the instants in its own zone.
    """

    uid: str
    sequence: int
    begins: datetime
    ends: datetime
    stamp: datetime
    summary: str
    place: str = ""
    organizer: str = ""
    organizer_name: str = ""
    attendee: str = ""


def appointment_file(event: Appointment, method: Method) -> str:
    """Return the text of an .ics file. Instants are in UTC, so that no change of the clocks moves them."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tantam//Appointments//EN", "CALSCALE:GREGORIAN"]
    lines += [f"METHOD:{method}", "BEGIN:VEVENT", f"UID:{event.uid}", f"SEQUENCE:{event.sequence}"]
    lines += [f"DTSTAMP:{_utc(event.stamp)}", f"DTSTART:{_utc(event.begins)}", f"DTEND:{_utc(event.ends)}"]
    lines += [f"SUMMARY:{escaped(event.summary)}"]
    lines += [f"LOCATION:{escaped(event.place)}"] if event.place else []
    if event.organizer:
        lines.append(f'ORGANIZER;CN="{_quoted(event.organizer_name)}":mailto:{event.organizer}')
    if event.attendee and method != "PUBLISH":
        lines.append(f"ATTENDEE;RSVP=FALSE;PARTSTAT=ACCEPTED:mailto:{event.attendee}")
    lines += [f"STATUS:{'CANCELLED' if method == 'CANCEL' else 'CONFIRMED'}", "END:VEVENT", "END:VCALENDAR"]
    return "".join(wrapped(each) for each in lines)


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _quoted(name: str) -> str:
    return " ".join(name.replace('"', "'").split())
