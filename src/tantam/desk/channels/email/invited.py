"""Reads to what a mail invites: the calendar file in it, as an appointment in numbers and names (RFC 5546)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tantam.desk.channels.email.headers import clean

LONGEST_CALENDAR = 200_000  # characters
LONGEST = 200  # characters of a name or place
EARLIEST, LATEST = 1970, 2200  # years of an appointment
METHODS = ("request", "cancel", "reply", "counter", "publish", "refresh", "add", "declinecounter")


@dataclass(frozen=True, slots=True)
class Invitation:
    """An appointment that a mail proposes, moves, accepts or calls off.

    method: as in RFC 5546, in lower case. begins, ends: days for a whole day; instants as written, which may be
    without a zone; ends: None if it is not said. organizer: an address, "" if there is none. repeats: it is the first
    of a series.
    """

    method: str
    what: str
    where: str
    begins: datetime | date
    ends: datetime | date | None
    organizer: str
    repeats: bool


def invitation_in(text: str) -> Invitation | None:
    """Return the first appointment of a calendar file, None if there is none that can be read."""
    if "BEGIN:VEVENT" not in text.upper() or len(text) > LONGEST_CALENDAR:
        return None
    from icalendar import Calendar

    try:
        calendar: Any = Calendar.from_ical(text)
        for each in calendar.walk("VEVENT"):
            if found := _read(each, str(calendar.get("METHOD", "publish")).strip().lower()):
                return found
    except Exception:  # whatever somebody calls a calendar; the file itself is kept
        return None
    return None


def _read(event: Any, method: str) -> Invitation | None:
    begins, ends = (getattr(event.get(each), "dt", None) for each in ("DTSTART", "DTEND"))
    if not isinstance(begins, date) or not EARLIEST <= begins.year <= LATEST:
        return None
    length = getattr(event.get("DURATION"), "dt", None)
    if ends is None and length is not None:
        ends = begins + length
    return Invitation(
        method=method if method in METHODS else "publish",
        what=_short(event.get("SUMMARY")),
        where=_short(event.get("LOCATION")),
        begins=begins,
        ends=ends if isinstance(ends, type(begins)) and ends.year <= LATEST else None,
        organizer=_short(event.get("ORGANIZER")).lower().removeprefix("mailto:"),
        repeats="RRULE" in event,
    )


def _short(value: object) -> str:
    return " ".join(clean(str(value or "")).split())[:LONGEST]
