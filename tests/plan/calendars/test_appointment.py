"""An appointment's file says when, what and by whom; its lines are those of the standard, whatever they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tantam.plan.calendars.appointment import Appointment, Method, appointment_file
from tantam.plan.calendars.content_lines import Component, calendars_in
from tantam.plan.calendars.feed_events import events_in
from tantam.plan.calendars.lines_out import wrapped

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
PLAIN = Appointment(
    uid="7@ben-xuan.example",
    sequence=3,
    begins=datetime(2026, 8, 3, 9, tzinfo=HANOI),
    ends=datetime(2026, 8, 3, 10, 30, tzinfo=HANOI),
    stamp=datetime(2026, 8, 1, 12, 0, 5, tzinfo=UTC),
    summary="Repair",
)
FULL = replace(
    PLAIN,
    summary="Repair, kettle; two hours\nor three",
    place="12 Lê Lợi, Huế",
    organizer="desk@ben-xuan.example",
    organizer_name='Ben "Xuân"  Desk',
    attendee="lan@mail.example",
)


def lines_of(event: Appointment, method: Method) -> list[str]:
    text = appointment_file(event, method)
    assert text.endswith("\r\n")
    return text.removesuffix("\r\n").split("\r\n")


def test_an_invitation_is_this_file() -> None:
    assert lines_of(FULL, "REQUEST") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tantam//Appointments//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:7@ben-xuan.example",
        "SEQUENCE:3",
        "DTSTAMP:20260801T120005Z",
        "DTSTART:20260803T020000Z",
        "DTEND:20260803T033000Z",
        "SUMMARY:Repair\\, kettle\\; two hours or three",
        "LOCATION:12 Lê Lợi\\, Huế",
        "ORGANIZER;CN=\"Ben 'Xuân' Desk\":mailto:desk@ben-xuan.example",
        "ATTENDEE;RSVP=FALSE;PARTSTAT=ACCEPTED:mailto:lan@mail.example",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_what_is_not_known_is_left_out() -> None:
    names = [line.partition(":")[0].partition(";")[0] for line in lines_of(PLAIN, "REQUEST")]
    assert not {"LOCATION", "ORGANIZER", "ATTENDEE"} & set(names)


@pytest.mark.parametrize(
    ("method", "status", "attends"),
    [("REQUEST", "CONFIRMED", True), ("CANCEL", "CANCELLED", True), ("PUBLISH", "CONFIRMED", False)],
)
def test_an_end_says_so_and_what_is_published_names_no_guest(method: Method, status: str, attends: bool) -> None:
    lines = lines_of(FULL, method)
    assert f"METHOD:{method}" in lines and f"STATUS:{status}" in lines
    assert any(line.startswith("ATTENDEE") for line in lines) is attends


def test_our_own_reader_finds_the_same_time_and_words() -> None:
    ((event,), troubles) = events_in(appointment_file(FULL, "REQUEST"))
    assert troubles == ()
    assert (event.start.moment, event.lasts) == (datetime.fromisoformat("2026-08-03T02:00"), FULL.ends - FULL.begins)
    assert event.summary == "Repair, kettle; two hours or three"


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=300))
def test_a_line_of_any_text_is_cut_into_pieces_of_75_octets_and_read_as_one(text: str) -> None:
    line = f"SUMMARY:{text}"
    pieces = wrapped(line).removesuffix("\r\n").split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    # No piece ends before it must: the next letter would not have fitted.
    for piece, following in zip(pieces, pieces[1:], strict=False):
        assert len((piece + following[1]).encode()) > 75


def test_a_wrapped_summary_is_read_whole() -> None:
    long = replace(PLAIN, summary="Sửa ấm điện " * 9)
    calendar: Component = calendars_in(appointment_file(long, "REQUEST"))[0]
    found = calendar.parts[0].first("SUMMARY")
    assert found is not None and found.value == ("Sửa ấm điện " * 9).strip()
