"""At both ends of the years that there are, days are answered as everywhere, and what would go beyond ends there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tantam.plan.calendars import Interval, parse_hours
from tantam.plan.calendars.feed_events import covered_days, events_in
from tantam.plan.calendars.spans import days_open
from tantam.plan.calendars.working_days import nth_working_day
from tests.plan.calendars.test_feed_read import calendar

NIGHT = (Interval(1320, 1800),)
LAST = [date(9999, 12, 29), date(9999, 12, 30), date(9999, 12, 31)]
ZONES = ("UTC", "Asia/Tokyo", "America/New_York")


def closed(more: dict[str, Any], year: int, text: str = "", zone: str = "Asia/Tokyo") -> list[tuple[int, int]]:
    """Return month and day of the days of a year on which hours of every night are closed by what is said more."""
    hours, faults = parse_hours({"daily": "22:00-06:00", **more}, zone, feeds={"x.ics": text})
    assert not faults
    days = days_open(hours, date(year, 1, 1), date(year, 12, 31))
    return [(day.month, day.day) for day, opens in days if opens != NIGHT]


@pytest.mark.parametrize("year", [1, 2, 2026, 9998, 9999])
def test_exceptions_of_every_year_hold_in_the_first_and_in_the_last(year: int) -> None:
    assert closed({"24 dec": "closed"}, year) == [(12, 24)]
    assert closed({"30 dec - 2 jan": "closed"}, year) == [(1, 1), (1, 2), (12, 30), (12, 31)]
    assert closed({"28 feb - 29 feb": "closed"}, year)[0] == (2, 28)


def test_a_span_may_end_on_the_last_day() -> None:
    assert closed({"9999-12-30 - 9999-12-31": "closed"}, 9999) == [(12, 30), (12, 31)]
    assert closed({"0001-01-01 - 0001-01-02": "closed"}, 1) == [(1, 1), (1, 2)]


def test_a_calendar_closes_and_opens_the_last_days() -> None:
    yearly = calendar("DTSTART;VALUE=DATE:20261231\nRRULE:FREQ=YEARLY")
    assert closed({"feed": "x.ics"}, 9999, yearly) == [(12, 31)]
    assert closed({"feed": {"open": "x.ics"}}, 9999, yearly) == [(12, 31)]
    whole = calendar("DTSTART;VALUE=DATE:99991230\nDTEND;VALUE=DATE:99991231")
    assert closed({"feed": "x.ics"}, 9999, whole) == [(12, 30)]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("length", ["P30D", "P999999W"])
def test_what_lasts_beyond_the_last_day_lasts_to_its_end(zone: str, length: str) -> None:
    text = calendar(f"DTSTART;VALUE=DATE:99991230\nDURATION:{length}")
    covered = covered_days(text, zone, 9999)
    assert list(covered) == LAST[1:]
    assert all(each.whole for each in covered.values())


def test_an_event_of_twenty_thousand_years_covers_the_year_in_which_it_begins() -> None:
    covered = covered_days(calendar("DTSTART;VALUE=DATE:20261230\nDURATION:P999999W"), "UTC", 2026)
    assert list(covered) == [date(2026, 12, 30), date(2026, 12, 31)]


@pytest.mark.parametrize("zone", ZONES)
def test_a_rule_until_the_end_of_time_repeats_as_one_without_an_end(zone: str) -> None:
    event = f"DTSTART;TZID={zone}:20260803T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY"
    ended = covered_days(calendar(f"{event};UNTIL=99991231T235959Z"), zone, 2030)
    assert len(ended) == 52
    assert ended == covered_days(calendar(event), zone, 2030)


@pytest.mark.parametrize(
    "event",
    [
        "DTSTART;TZID=Asia/Tokyo:20260803T100000\nDTEND:99991231T235959Z",
        "DTSTART;TZID=Asia/Tokyo:20260803T100000\nDURATION:PT1H\nRDATE:99991231T235959Z",
        "DTSTART:20260803T100000Z\nDURATION:PT1H\nEXDATE;TZID=Asia/Tokyo:00010101T000000",
    ],
)
def test_a_moment_that_another_clock_cannot_show_spoils_no_event(event: str) -> None:
    events, troubles = events_in(calendar(event))
    assert (len(events), troubles) == (1, ())
    assert date(2026, 8, 3) in covered_days(calendar(event), "UTC", 2026)


def test_an_end_that_another_clock_cannot_show_is_before_the_beginning() -> None:
    _, (trouble,) = events_in(calendar("DTSTART:20260803T100000Z\nDTEND;TZID=Asia/Tokyo:00010101T000000"))
    assert trouble.code == "feed_ends_first"


def test_what_repeats_since_the_year_500_repeats_in_the_year_600() -> None:
    text = calendar("DTSTART;VALUE=DATE:05000803\nRRULE:FREQ=YEARLY")
    assert [list(covered_days(text, "UTC", year)) for year in (499, 500, 600)] == [
        [],
        [date(500, 8, 3)],
        [date(600, 8, 3)],
    ]


def test_no_working_day_is_counted_beyond_the_last_year() -> None:
    hours, _ = parse_hours({"mon-fri": "08:00-12:00"}, "UTC")
    assert nth_working_day(hours, date(9999, 12, 29), 2) == date(9999, 12, 31)
    with pytest.raises(OverflowError, match="after the year 9999"):
        nth_working_day(hours, date(9999, 12, 29), 3)
