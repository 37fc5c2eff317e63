"""To what a mail invites, in numbers and names; what is no calendar is only a file."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import timezone, translation

from tantam.desk.arrivals import intake
from tantam.desk.channels.email import incoming
from tantam.desk.channels.email.invited import Invitation, invitation_in
from tantam.desk.channels.email.reading import read
from tantam.desk.customers.models import Customer
from tantam.desk.plans import in_force
from tantam.desk.web import event_words

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


@pytest.mark.parametrize(
    "text",
    ["", "BEGIN:VEVENT", _event(begins=":yesterday"), _event(begins=":99990101T000000Z"), "BEGIN:VEVENT\n" * 5_000],
)
def test_what_is_no_calendar_invites_to_nothing(text: str) -> None:
    assert invitation_in(text) is None


def test_invitation_of_a_mail_is_read_and_kept_as_a_file() -> None:
    raw = f"From: hoa@example.org\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n{_event()}"
    mail = read(raw.encode())
    assert mail.invitation is not None and mail.invitation.what == "Thợ đến xem máy"
    assert [each.name for each in mail.files] == ["invitation.ics"]


@pytest.mark.parametrize(
    ("method", "begins", "more", "said"),
    [
        ("REQUEST", ":20261204T020000Z", "DURATION:PT1H\n", "proposes an appointment: {}, 09:00 – 10:00, 12 Hàng Bài"),
        ("COUNTER", ":20261204T090000", "", "proposes another time: {}, 09:00, 12 Hàng Bài"),
        ("CANCEL", ";VALUE=DATE:20261204", "", "calls an appointment off: {}, 12 Hàng Bài"),
        (
            "PUBLISH",
            ";VALUE=DATE:20261204",
            "DTEND;VALUE=DATE:20261206\nRRULE:FREQ=DAILY\n",
            "proposes an appointment: {} – Saturday 5 December, 12 Hàng Bài, repeated",
        ),
    ],
)
def test_case_says_to_what_a_mail_invites(
    plan: object, hoa: Customer, method: str, begins: str, more: str, said: str
) -> None:
    head = "From: hoa@example.com\r\nMessage-ID: <a@example.com>\r\nContent-Type: text/calendar\r\n\r\n"
    kept = intake.take_in(incoming.store(f"{head}{_event(method, begins, more)}".encode()).pk)
    assert kept.case is not None, kept.problem
    events = kept.case.events.filter(code="calendar_came")
    assert events.count() == 1
    with translation.override("en"), timezone.override("Asia/Ho_Chi_Minh"):
        assert [each.text for each in event_words.said(events, in_force(), "Hoa")] == [
            "Hoa " + said.format("Thợ đến xem máy, Friday 4 December")
        ]
