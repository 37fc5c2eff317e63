"""At the edges: closures of 366 days, both ends of the lunar calendar, the zone of each answer, the ends of rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tantam.plan.calendars import (
    CalendarSpan,
    DeadlineRules,
    Due,
    Ends,
    Hours,
    Interval,
    Skipped,
    WorkingDays,
    add,
    add_calendar,
    add_working_days,
    around_the_clock,
    between,
    counted,
    deadline_instant,
    is_open,
    next_change,
    next_opening,
    parse_hours,
)
from tantam.plan.calendars.feed_events import covered_days
from tantam.plan.calendars.lunar import FIRST_YEAR, LAST_YEAR, date_of, lunar_day
from tantam.plan.calendars.working_days import closing, end_of_day, is_working_day, working_day_from, working_day_until
from tantam.plan.errors import NeverOpens
from tests.plan.calendars.test_feed_read import calendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE, _ = parse_hours({"mon-fri": "08:00-12:00, 13:00-18:00"}, "Asia/Ho_Chi_Minh", name="office")
FRIDAY = datetime(2026, 6, 12, 10, tzinfo=UTC)  # 17:00 there
SATURDAY = FRIDAY + timedelta(days=1)


def hours_on(*days: date) -> Hours:
    """Open for the first hour of these days and never else."""
    return Hours("rare", "UTC", ((),) * 7, tuple((day, (Interval(0, 60),)) for day in days))


def test_every_answer_is_in_the_hours_zone_whatever_zone_was_asked_in() -> None:
    same_time, to_end = WorkingDays(OFFICE, Due.SAME_TIME), WorkingDays(OFFICE, Due.END_OF_DAY)
    rules = [DeadlineRules(ends=each) for each in Ends]
    answers = [
        add(OFFICE, FRIDAY, 0),
        add(OFFICE, FRIDAY, 30),
        add(OFFICE, FRIDAY, 90_000),
        next_change(OFFICE, FRIDAY),
        next_opening(OFFICE, FRIDAY),
        next_opening(OFFICE, SATURDAY),
        add_working_days(same_time, FRIDAY, 0),
        add_working_days(same_time, FRIDAY, 1),
        add_working_days(to_end, FRIDAY, 1),
        add_calendar(FRIDAY, CalendarSpan(days=1), ZONE),
        closing(OFFICE, FRIDAY.date()),
        end_of_day(OFFICE, FRIDAY.date()),
        *(deadline_instant(FRIDAY, CalendarSpan(days=3), each, working=OFFICE) for each in rules),
    ]
    assert [str(each.tzinfo) for each in answers if each is not None] == ["Asia/Ho_Chi_Minh"] * 15
    assert end_of_day(OFFICE, date(2026, 6, 12)) == datetime(2026, 6, 12, 23, 59, 59, tzinfo=ZONE)
    assert closing(OFFICE, date(2026, 6, 12)) == datetime(2026, 6, 12, 18, tzinfo=ZONE)


def test_closed_for_366_days_still_opens_and_for_367_never_does() -> None:
    first = date(2026, 1, 1)
    for days, opens in ((366, True), (367, False)):
        shut_from = first + timedelta(days=1)
        hours = hours_on(first, shut_from + timedelta(days=days))
        if opens:
            assert working_day_from(hours, shut_from) == shut_from + timedelta(days=days)
        else:
            with pytest.raises(NeverOpens, match="rare"):
                working_day_from(hours, shut_from)
    for days, opens in ((366, True), (367, False)):
        hours = hours_on(first)
        last = first + timedelta(days=days)
        if opens:
            assert working_day_until(hours, last) == first
        else:
            with pytest.raises(NeverOpens, match="rare"):
                working_day_until(hours, last)


def test_open_time_waits_366_days_for_an_opening_and_not_a_second_more() -> None:
    first = date(2026, 1, 1)
    opening = datetime(2027, 6, 1, tzinfo=UTC)
    hours = hours_on(first, opening.date())
    longest = timedelta(days=366)
    assert add(hours, opening - longest, 1) == opening + timedelta(minutes=1)
    assert next_change(hours, opening - longest) == opening
    late = opening - longest - timedelta(seconds=1)
    with pytest.raises(NeverOpens, match="rare"):
        add(hours, late, 1)
    with pytest.raises(NeverOpens, match="rare"):
        next_opening(hours, late)
    assert next_change(hours, late) is None


def test_what_never_closes_changes_never_and_counts_every_minute() -> None:
    always = around_the_clock("Europe/Berlin")
    assert (always.name, always.zone, around_the_clock("UTC", "day").name) == ("always", "Europe/Berlin", "day")
    assert next_change(always, FRIDAY) is None
    assert between(always, FRIDAY, FRIDAY + timedelta(days=800)) == 800 * 1440
    assert between(always, FRIDAY, FRIDAY - timedelta(days=800)) == -800 * 1440
    assert add(always, FRIDAY, 800 * 1440) == FRIDAY + timedelta(days=800)


def test_nothing_below_nothing_is_added_and_a_clock_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="-1 open minutes cannot be added; give 0 or more."):
        add(OFFICE, FRIDAY, -1)
    with pytest.raises(ValueError, match="-1 working days cannot be added; give 0 or more."):
        add_working_days(WorkingDays(OFFICE), FRIDAY, -1)
    naive = FRIDAY.replace(tzinfo=None)
    for ask in (lambda: add(OFFICE, naive, 5), lambda: is_open(OFFICE, naive), lambda: between(OFFICE, naive, FRIDAY)):
        with pytest.raises(ValueError, match="2026-06-12T10:00:00 has no time zone; give an aware datetime."):
            ask()


def test_a_day_without_hours_is_no_working_day() -> None:
    assert (is_working_day(OFFICE, date(2026, 6, 12)), is_working_day(OFFICE, date(2026, 6, 13))) == (True, False)


def test_the_lunar_calendar_has_all_of_its_first_and_last_year_and_nothing_beyond() -> None:
    assert lunar_day(date_of(FIRST_YEAR, 1, 1)).year == FIRST_YEAR
    last = date_of(LAST_YEAR, 12, 30)
    assert (lunar_day(last).year, lunar_day(last).month) == (LAST_YEAR, 12)
    for year, month, day in (
        (FIRST_YEAR - 1, 1, 1),
        (LAST_YEAR + 1, 1, 1),
        (2026, 0, 1),
        (2026, 13, 1),
        (2026, 1, 0),
        (2026, 1, 31),
    ):
        with pytest.raises(
            ValueError, match=f"{day}/{month} of {year} is no day of the lunar calendar from 1968 to 2199"
        ):
            date_of(year, month, day)
    for beyond in (date_of(FIRST_YEAR, 1, 1) - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(ValueError, match=f"{beyond} lies outside the lunar calendar from 1968 to 2199"):
            lunar_day(beyond)


FAIR = "DTSTART;VALUE=DATE:20260810\nSUMMARY:Summer \\, fair"
MEETING = "DTSTART;TZID=Asia/Ho_Chi_Minh:20260812T080000\nDURATION:PT10H\nSUMMARY:Meeting"


def fed(*events: str, way: str = "closed", **form: Any) -> Hours:
    week = {"mon-fri": "08:00-12:00"} | form
    hours, faults = parse_hours(week | {"feed": {way: "x.ics"}}, "Asia/Ho_Chi_Minh", feeds={"x.ics": calendar(*events)})
    assert not faults
    return hours


def test_a_day_that_a_calendar_closes_bears_the_events_words() -> None:
    trace = counted(fed(FAIR, MEETING), datetime(2026, 8, 10, 7, tzinfo=ZONE), datetime(2026, 8, 13, 7, tzinfo=ZONE))
    off = [(each.day.day, each.why, each.name) for each in trace.skipped]
    assert off == [(10, Skipped.FEED, "Summer , fair"), (12, Skipped.FEED, "Meeting"), (13, Skipped.CLOSED, "")]


@pytest.mark.parametrize(
    ("until", "days"),
    [("20260812", [10, 11, 12]), ("20260812T080000Z", [10, 11, 12]), ("20260812T075959Z", [10, 11])],
)
def test_a_rule_that_ends_on_a_day_holds_on_all_of_it(until: str, days: list[int]) -> None:
    text = calendar(f"DTSTART:20260810T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL={until}")
    assert sorted(day.day for day in covered_days(text, "UTC", 2026)) == days


@pytest.mark.parametrize(
    ("length", "minutes"),
    [("PT90M", 90), ("PT1H30M", 90), ("PT5400S", 90), ("P1D", 1440), ("P1W", 7 * 1440), ("P1DT1H", 1500), ("+PT5M", 5)],
)
def test_a_length_is_weeks_days_hours_minutes_and_seconds(length: str, minutes: int) -> None:
    covered = covered_days(calendar(f"DTSTART:20260810T000000Z\nDURATION:{length}"), "UTC", 2026)
    assert sum(last - first for each in covered.values() for first, last in each.stretches) == minutes


def test_a_zone_of_its_own_name_may_say_where_in_the_world_it_lies() -> None:
    zone = "BEGIN:VTIMEZONE\nTZID:Ours\nX-LIC-LOCATION:Asia/Tokyo\nEND:VTIMEZONE\n"
    text = calendar("DTSTART;TZID=Ours:20260810T090000\nDURATION:PT1H", zones=zone)
    assert {day: each.stretches for day, each in covered_days(text, "UTC", 2026).items()} == {
        date(2026, 8, 10): ((0, 60),)
    }
