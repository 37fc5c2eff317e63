"""What calendar files may say of zones, rules, words and moved times; what a frozen plan brings for its hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tantam.plan.calendars import Interval, counted, parse_all, parse_hours
from tantam.plan.calendars.feed import calendar_feed
from tantam.plan.calendars.feed_events import covered_days, events_in
from tantam.plan.calendars.spans import days_open
from tests.plan.calendars.test_feed_read import calendar


def covered(*events: str, zone: str = "UTC") -> dict[str, tuple[tuple[int, int], ...]]:
    found = covered_days(calendar(*events), zone, 2026)
    return {f"{day:%m-%d}": found[day].stretches for day in sorted(found)}


@pytest.mark.parametrize(
    "name",
    [
        "America/Argentina/Buenos_Aires",
        '"America/Argentina/Buenos_Aires"',
        "/maker.example/20260101/America/Argentina/Buenos_Aires",
    ],
)
def test_a_zone_is_known_by_its_name_however_it_is_wrapped(name: str) -> None:
    assert covered(f"DTSTART;TZID={name}:20260810T090000\nDURATION:PT1H") == {"08-10": ((720, 780),)}


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=3", ["08-10", "08-24", "09-07"]),
        ("FREQ=DAILY;INTERVAL=3;COUNT=3", ["08-10", "08-13", "08-16"]),
        ("FREQ=DAILY;BYDAY=MO,TU;COUNT=3", ["08-10", "08-11", "08-17"]),
        ("FREQ=DAILY;INTERVAL=1;BYDAY=MO;COUNT=2", ["08-10", "08-17"]),
        ("FREQ=WEEKLY;BYMONTH=8;COUNT=3", ["08-10", "08-17", "08-24"]),
        ("freq=weekly; count=2", ["08-10", "08-17"]),
        ("FREQ=MONTHLY;BYMONTHDAY=10,;COUNT=2", ["08-10", "09-10"]),
    ],
)
def test_a_rule_is_followed_as_often_as_it_says(rule: str, days: list[str]) -> None:
    assert list(covered(f"DTSTART;VALUE=DATE:20260810\nRRULE:{rule}")) == days


def test_what_repeats_may_begin_with_1970() -> None:
    for year, found in ((1970, 1), (1969, 0)):
        events, _ = events_in(calendar(f"DTSTART;VALUE=DATE:{year}0101\nRRULE:FREQ=WEEKLY"))
        assert len(events) == found


def test_words_are_read_without_their_marks_and_cut_at_120() -> None:
    events, _ = events_in(
        calendar(
            r"DTSTART;VALUE=DATE:20260810" + "\n" + r"SUMMARY:a\; b\, c\nd \\ e",
            f"DTSTART;VALUE=DATE:20260811\nSUMMARY:{'x' * 200}",
        )
    )
    assert [each.summary for each in events] == [r"a; b, c d \ e", "x" * 120]


def test_an_event_that_ends_on_its_own_day_is_that_day_and_one_of_no_time_is_none() -> None:
    assert covered("DTSTART;VALUE=DATE:20260810\nDTEND;VALUE=DATE:20260810") == {"08-10": ((0, 1440),)}
    assert events_in(calendar("DTSTART:20260810T100000Z\nDTEND:20260810T100000Z")) == ((), ())


@pytest.mark.parametrize(
    ("events", "left"),
    [
        (["T100000", "T120000"], ((480, 600),)),
        (["T080000", "T090000"], ((540, 720),)),
        (["T060000", "T070000"], ((480, 720),)),
        (["T080000", "T120000"], ()),
        (["T060000", "T070000", "T090000", "T100000"], ((480, 540), (600, 720))),
        (["T130000", "T140000", "T090000", "T100000"], ((480, 540), (600, 720))),
        (["T090000", "T110000", "T100000", "T113000"], ((480, 540), (690, 720))),
    ],
)
def test_what_is_busy_is_taken_out_and_nothing_empty_is_left(
    events: list[str], left: tuple[tuple[int, int], ...]
) -> None:
    pairs = [f"DTSTART:20260810{a}\nDTEND:20260810{b}" for a, b in zip(events[::2], events[1::2], strict=True)]
    form = {"mon": "08:00-12:00", "feed": "x.ics"}
    hours, _ = parse_hours(form, "UTC", feeds={"x.ics": calendar(*pairs)})
    ((_, opens),) = days_open(hours, date(2026, 8, 10), date(2026, 8, 10))
    assert opens == tuple(Interval(*each) for each in left)


def test_a_frozen_plan_brings_its_holidays_and_hours_made_of_others_their_zone() -> None:
    forms = {
        "office": {"mon-fri": "08:00-12:00", "holidays": "VN"},
        "rest": {"rest_of": "office"},
        "far": {"any_of": "office", "zone": "Asia/Tokyo"},
    }
    day = date(2026, 8, 10)
    read = parse_all(forms, "Asia/Ho_Chi_Minh", fixed={"office": {2026: frozenset({day})}})
    office = read["office"].hours
    assert [opens for _, opens in days_open(office, day, day + timedelta(days=1))] == [(), (Interval(480, 720),)]
    ((_, holiday),) = days_open(office, date(2026, 9, 2), date(2026, 9, 2))
    assert holiday == (Interval(480, 720),)  # what is frozen says all of its year
    assert (read["rest"].hours.zone, read["far"].hours.zone) == ("Asia/Ho_Chi_Minh", "Asia/Tokyo")
    trace = counted(office, datetime(2026, 8, 10, 9, tzinfo=office.tz), datetime(2026, 8, 10, 10, tzinfo=office.tz))
    assert [each.name for each in trace.skipped] == [""]


def test_a_trace_of_years_says_that_it_is_not_whole() -> None:
    hours, _ = parse_hours({"daily": "08:00-09:00"}, "UTC")
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert counted(hours, start, start + timedelta(days=20)).whole
    assert not counted(hours, start, start + timedelta(days=2000)).whole


def test_the_file_of_hours_begins_as_calendars_do() -> None:
    hours, _ = parse_hours({"mon": "08:00-12:00"}, "Asia/Ho_Chi_Minh", name="office")
    text = calendar_feed(hours, "Our, hours", date(2026, 8, 10), date(2026, 8, 24))
    assert text.split("\r\n")[:8] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tantam//Hours//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Our\\, hours",
        "X-WR-CALNAME:Our\\, hours",
        "BEGIN:VTIMEZONE",
    ]
    for line in (
        "DTSTART;TZID=Asia/Ho_Chi_Minh:20260810T080000",
        "DTEND;TZID=Asia/Ho_Chi_Minh:20260810T120000",
        "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260824T010000Z",
        "DTSTAMP:20260810T000000Z",
        "TZOFFSETTO:+0700",
        "TRANSP:TRANSPARENT",
    ):
        assert line in text.split("\r\n"), line
