"""Calendar files close and open hours; whatever is in them, they are read or told of, and never without end."""

from __future__ import annotations

from datetime import UTC, date, datetime
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.plan.calendars import Interval, is_open, parse_hours
from tantam.plan.calendars.content_lines import NotACalendar
from tantam.plan.calendars.feed_events import covered_days, events_in
from tantam.plan.calendars.spans import days_open

ZONE = "Europe/Berlin"
DAILY = {"daily": "08:00-18:00"}
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
CUSTOM = """BEGIN:VTIMEZONE
TZID:Our Own Time
BEGIN:STANDARD
DTSTART:19701101T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700308T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE
"""


def calendar(*events: str, zones: str = "") -> str:
    body = "".join(f"BEGIN:VEVENT\nUID:{n}\n{each}\nEND:VEVENT\n" for n, each in enumerate(events))
    return (HEAD + zones + body + "END:VCALENDAR\n").replace("\r\n", "\n").replace("\n", "\r\n")


def opened(text: str, *days: str, way: str = "closed") -> list[tuple[Interval, ...]]:
    hours, faults = parse_hours(DAILY | {"feed": {way: "x.ics"}}, ZONE, feeds={"x.ics": text})
    assert not faults
    return [opens for day in days for _, opens in days_open(hours, date.fromisoformat(day), date.fromisoformat(day))]


USUAL = (Interval(480, 1080),)


def test_a_day_is_closed_and_the_end_of_an_event_of_days_is_not_in_it() -> None:
    text = calendar("DTSTART;VALUE=DATE:20260810\nDTEND;VALUE=DATE:20260812")
    assert opened(text, "2026-08-09", "2026-08-10", "2026-08-11", "2026-08-12") == [USUAL, (), (), USUAL]


def test_an_event_of_hours_takes_them_out_of_what_is_open() -> None:
    text = calendar("DTSTART;TZID=Europe/Berlin:20260810T100000\nDURATION:PT1H30M")
    assert opened(text, "2026-08-10") == [(Interval(480, 600), Interval(690, 1080))]


def test_an_event_of_hours_cuts_the_night_that_began_the_evening_before() -> None:
    form = {"daily": "22:00-06:00", "feed": "x.ics"}
    text = calendar("DTSTART;TZID=Europe/Berlin:20260101T020000\nDTEND;TZID=Europe/Berlin:20260101T030000")
    hours, _ = parse_hours(form, ZONE, feeds={"x.ics": text})
    assert [is_open(hours, datetime(2026, 1, 1, hour, tzinfo=hours.tz)) for hour in (1, 2, 3)] == [True, False, True]


def test_an_event_may_open_what_is_closed() -> None:
    text = calendar("DTSTART;TZID=Europe/Berlin:20260810T190000\nDTEND;TZID=Europe/Berlin:20260810T210000")
    assert opened(text, "2026-08-10", way="open") == [(Interval(480, 1080), Interval(1140, 1260))]


def test_utc_floating_and_other_zones_are_taken_to_the_clock_of_the_hours() -> None:
    utc = calendar("DTSTART:20260810T100000Z\nDTEND:20260810T110000Z")
    floating = calendar("DTSTART:20260810T120000\nDTEND:20260810T130000")
    tokyo = calendar("DTSTART;TZID=Asia/Tokyo:20260810T190000\nDTEND;TZID=Asia/Tokyo:20260810T200000")
    prefixed = calendar("DTSTART;TZID=/maker.example/20260101/Asia/Tokyo:20260810T190000\nDURATION:PT1H")
    own = calendar("DTSTART;TZID=Our Own Time:20260810T060000\nDURATION:PT1H", zones=CUSTOM)
    for text in (utc, floating, tokyo, prefixed, own):
        assert opened(text, "2026-08-10") == [(Interval(480, 720), Interval(780, 1080))]


def test_repetition_exceptions_and_moved_times() -> None:
    weekly = "DTSTART;VALUE=DATE:20260803\nRRULE:FREQ=WEEKLY;UNTIL=20260831\nEXDATE;VALUE=DATE:20260817"
    text = calendar(weekly, "DTSTART;VALUE=DATE:20260811\nRECURRENCE-ID;VALUE=DATE:20260810").replace("UID:1", "UID:0")
    days = [f"2026-08-{day:02}" for day in (3, 10, 11, 17, 24, 31)]
    assert opened(text, *days, "2026-09-07") == [(), USUAL, (), USUAL, (), (), USUAL]


def test_further_dates_and_counts() -> None:
    text = calendar("DTSTART;VALUE=DATE:20260803\nRRULE:FREQ=MONTHLY;COUNT=2\nRDATE;VALUE=DATE:20260805,20260807")
    days = [f"2026-{day}" for day in ("08-03", "08-05", "08-07", "09-03", "10-03")]
    assert opened(text, *days) == [(), (), (), (), USUAL]


@pytest.mark.parametrize(("year", "first_monday"), [(2026, 3), (2389, 7), (2390, 6), (2391, 5), (2400, 7), (9990, 6)])
def test_what_repeats_for_ever_repeats_in_every_year(year: int, first_monday: int) -> None:
    text = calendar("DTSTART;VALUE=DATE:20260803\nRRULE:FREQ=YEARLY;BYMONTH=8;BYDAY=1MO")
    days = [f"{year}-08-{day:02}" for day in range(1, 15)]
    assert [number for number, opens in enumerate(opened(text, *days), 1) if opens == ()] == [first_monday]


def test_a_repeated_event_keeps_its_time_on_the_clock_over_the_change() -> None:
    weekly = "DTSTART;TZID=Europe/Berlin:20260301T100000\nDTEND;TZID=Europe/Berlin:20260301T110000\nRRULE:FREQ=WEEKLY"
    assert opened(calendar(weekly), "2026-03-01", "2026-04-05") == [(Interval(480, 600), Interval(660, 1080))] * 2


def test_cancelled_events_and_those_without_length_change_nothing() -> None:
    text = calendar("DTSTART;VALUE=DATE:20260803\nSTATUS:CANCELLED", "DTSTART:20260804T100000Z")
    assert events_in(text) == ((), ())


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("SUMMARY:Inventory", "feed_no_start"),
        ("DTSTART:yesterday", "feed_no_moment"),
        ("DTSTART;VALUE=DATE:20260230", "feed_no_moment"),
        ("DTSTART;TZID=Mars/Olympus:20260101T100000", "feed_no_zone"),
        ("DTSTART;VALUE=DATE:20260102\nDTEND;VALUE=DATE:20260101", "feed_ends_first"),
        ("DTSTART;VALUE=DATE:20260102\nDURATION:P99999999999W", "feed_no_duration"),
        ("DTSTART:20260102T100000Z\nDURATION:PT1H\nRRULE:FREQ=SECONDLY", "feed_no_rule"),
        ("DTSTART:20260102T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=0", "feed_no_rule"),
        ("DTSTART:20260102T100000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYMONTH=13", "feed_no_rule"),
        ("DTSTART:10260102T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY", "feed_too_early"),
    ],
)
def test_an_event_that_cannot_be_used_is_left_out_and_told(event: str, why: str) -> None:
    events, troubles = events_in(calendar(event, "DTSTART;VALUE=DATE:20260803"))
    assert [each.code for each in troubles] == [why]
    assert len(events) == 1
    _, faults = parse_hours(DAILY | {"feed": "x.ics"}, ZONE, feeds={"x.ics": calendar(event)})
    assert [each.code for each in faults] == ["H18"]


@pytest.mark.parametrize(
    "text",
    ["", "hello", "BEGIN:VCALENDAR", "BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR", "\x00", "BEGIN:VCALENDAR\n" * 9],
)
def test_what_is_no_calendar_is_refused_with_its_line(text: str) -> None:
    _, faults = parse_hours(DAILY | {"feed": "x.ics"}, ZONE, feeds={"x.ics": text})
    assert [each.code for each in faults] == ["H16"]
    assert faults[0].args["line"] >= 1


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31;COUNT=5",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=WEEKLY;INTERVAL=2;BYMONTH=2",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=3",
    ],
)
def test_rules_that_never_come_are_not_sought_for_ever(rule: str) -> None:
    text = calendar(f"DTSTART;VALUE=DATE:19990101\nRRULE:{rule}")
    begun = process_time()
    assert list(covered_days(text, ZONE, 2026)) == []
    assert process_time() - begun < 3


PARTS = st.sampled_from([
    *("BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "END:VTIMEZONE"),
    *("TZID:X", "DTSTART;TZID=X:20260101T000000", "DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20260105"),
    *("RRULE:FREQ=DAILY;COUNT=3", "RRULE:FREQ=WEEKLY;BYDAY=MO,-1TU", "EXDATE:20260101T000000Z", "EXDATE:"),
    *("RDATE;VALUE=PERIOD:20260101T000000Z/PT1H", "RECURRENCE-ID:20260101", "UID:1", "DURATION:P1D", "SUMMARY:a\\,b"),
    *("BEGIN:STANDARD", "END:STANDARD", "TZOFFSETFROM:+0100", "TZOFFSETTO:+9999", "RRULE:FREQ=YEARLY;BYSETPOS=-1"),
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PARTS, st.text(max_size=20)), max_size=30).map("\n".join))
def test_nothing_in_a_file_breaks_the_reader(text: str) -> None:
    for each in (text, calendar(text)):
        try:
            events_in(each)
            covered_days(each, ZONE, 2026)
        except NotACalendar as wrong:
            assert wrong.line >= 0


def test_a_folded_line_is_one() -> None:
    text = calendar("SUMMARY:Betriebs\n  ferien\nDTSTART;VALUE=DATE:2026\n 0803")
    assert covered_days(text, ZONE, 2026)[date(2026, 8, 3)].because == "Betriebs ferien"


def test_a_moment_in_the_feed_is_open_or_closed_by_the_minute() -> None:
    text = calendar("DTSTART:20260810T101500Z\nDTEND:20260810T102000Z")
    hours, _ = parse_hours(DAILY | {"feed": "x.ics"}, ZONE, feeds={"x.ics": text})
    opens = [is_open(hours, datetime(2026, 8, 10, 10, minute, tzinfo=UTC)) for minute in (14, 15, 19, 20)]
    assert opens == [True, False, False, True]
