"""To what a mail invites, in numbers and names; what is no calendar is only a file."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tantam.desk.channels.email.invited import Invitation, invitation_in
from tantam.desk.channels.email.reading import read

EVENT = """BEGIN:VCALENDAR
METHOD:{method}
BEGIN:VEVENT
UID:1
DTSTART{begins}
{more}SUMMARY:Thợ đến xem máy
LOCATION:12 Hàng Bài
ORGANIZER:mailto:Hoa@example.org
END:VEVENT
END:VCALENDAR
"""


def _event(method: str = "REQUEST", begins: str = ":20260504T020000Z", more: str = "DURATION:PT1H\n") -> str:
    return EVENT.format(method=method, begins=begins, more=more).replace("\n", "\r\n")


def test_invitation_is_read() -> None:
    found = invitation_in(_event())
    assert found == Invitation(
        method="request",
        what="Thợ đến xem máy",
        where="12 Hàng Bài",
        begins=datetime.fromisoformat("2026-05-04T02:00:00+00:00"),
        ends=datetime.fromisoformat("2026-05-04T03:00:00+00:00"),
        organizer="hoa@example.org",
        repeats=False,
    )


def test_whole_day_in_a_series_is_read() -> None:
    found = invitation_in(_event("CANCEL", ";VALUE=DATE:20260504", "RRULE:FREQ=WEEKLY\n"))
    assert found is not None
    assert (found.method, found.begins, found.ends, found.repeats) == ("cancel", date(2026, 5, 4), None, True)


@pytest.mark.parametrize("text", ["", "BEGIN:VEVENT", _event(begins=":yesterday"), "BEGIN:VEVENT\n" * 5_000])
def test_what_is_no_calendar_invites_to_nothing(text: str) -> None:
    assert invitation_in(text) is None


def test_invitation_of_a_mail_is_read_and_kept_as_a_file() -> None:
    raw = f"From: hoa@example.org\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n{_event()}"
    mail = read(raw.encode())
    assert mail.invitation is not None and mail.invitation.what == "Thợ đến xem máy"
    assert [each.name for each in mail.files] == ["text.calendar"]
