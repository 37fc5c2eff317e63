"""Days that are not as their weekday: exceptions, every year's days, lunar days, holidays, hours made of others."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from ruamel.yaml import YAML

from tantam.plan.calendars import Interval, between, is_open, next_change, next_closing, parse_all, parse_hours
from tantam.plan.calendars.hours import Hours
from tantam.plan.calendars.spans import days_open
from tests.plan.calendars.worked import PAGES, table

ZONE = "Asia/Ho_Chi_Minh"
PAGE = "open-time.md"
EVENTS = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260810
DTEND;VALUE=DATE:20260812
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Asia/Ho_Chi_Minh:20260812T100000
DURATION:PT1H
END:VEVENT
END:VCALENDAR
"""
DAY = {"mon-fri": "08:00-12:00"}
USUAL = (Interval(480, 720),)


def on(form: dict[str, Any], *days: str) -> list[tuple[Interval, ...]]:
    hours, faults = parse_hours(form, ZONE)
    assert not faults
    return [opens for day in days for _, opens in days_open(hours, date.fromisoformat(day), date.fromisoformat(day))]


@pytest.mark.parametrize("case", table(PAGE, 0), ids=lambda case: case["#"])
def test_days_as_the_worked_cases_say(case: dict[str, str]) -> None:
    text = (PAGES / PAGE).read_text(encoding="utf-8")
    forms = YAML(typ="safe").load(text.split("```yaml\n")[1].split("```")[0]) | {"shop": DAY}
    read = parse_all(forms, ZONE, feeds={"holidays.ics": EVENTS})
    assert not any(each.faults or each.unknown for each in read.values())
    day = date.fromisoformat(case["day"])
    ((_, opens),) = days_open(read["office"].hours, day, day)
    wanted = parse_hours({"daily": case["open"]}, ZONE)[0].week[0]
    assert opens == wanted


def test_a_span_of_dates_is_closed_and_a_single_date_in_it_counts_more() -> None:
    form = DAY | {"2026-12-21 - 2027-01-03": "closed", "2026-12-24": "08:00-10:00"}
    days = on(form, "2026-12-18", "2026-12-21", "2026-12-24", "2026-12-31", "2027-01-01", "2027-01-04")
    assert days == [USUAL, (), (Interval(480, 600),), (), (), USUAL]


@pytest.mark.parametrize("key", ["24 dec", "dec 24", "12-24", "24 December"])
def test_a_day_of_every_year_holds_in_every_year(key: str) -> None:
    assert on(DAY | {key: "09:00-10:00"}, "2026-12-24", "2031-12-24", "2026-12-23") == [
        *[(Interval(540, 600),)] * 2,
        USUAL,
    ]


def test_a_span_of_every_year_may_cross_the_new_year() -> None:
    days = on(DAY | {"24 dec - 2 jan": "closed"}, "2026-01-01", "2026-01-02", "2026-01-05", "2026-12-24", "2026-12-23")
    assert days == [(), (), USUAL, (), USUAL]


def test_the_leap_day_comes_every_four_years_and_a_span_to_it_every_year() -> None:
    assert on(DAY | {"29 feb": "closed"}, "2028-02-29", "2027-03-01") == [(), USUAL]
    assert on(DAY | {"25 feb - 29 feb": "closed"}, "2027-02-26", "2027-03-01", "2028-02-29") == [(), USUAL, ()]


def test_a_lunar_day_moves_with_the_moon() -> None:
    form = DAY | {"lunar": {"10/3": "closed", "30/12 - 5/1": "closed"}}
    kings, tet, after = ["2027-04-16", "2029-04-23"], ["2027-02-05", "2027-02-10", "2026-02-16"], ["2027-02-11"]
    assert on(form, *kings, *tet, *after) == [(), (), (), (), (), USUAL]


def test_lunar_days_alone_are_closed() -> None:
    assert on(DAY | {"lunar": "15/1, 15/7"}, "2026-03-03", "2026-03-04") == [(), USUAL]


def test_holidays_may_be_open_in_their_own_way_and_a_working_saturday_makes_up() -> None:
    form = DAY | {"holidays": "VN", "on_holidays": "09:00-11:00", "2026-08-22": "08:00-12:00"}
    assert on(form, "2026-09-02", "2026-08-22", "2026-08-29") == [(Interval(540, 660),), USUAL, ()]


def test_why_a_day_is_an_exception_may_stand_with_its_hours() -> None:
    form = DAY | {"2026-12-31": {"hours": "08:00-10:00", "because": "Inventory"}, "1 jun": {"because": "Outing"}}
    assert on(form, "2026-12-31", "2026-06-01") == [(Interval(480, 600),), ()]


def combined() -> dict[str, Hours]:
    forms: dict[str, Any] = {
        "office": DAY | {"holidays": "VN", "zone": ZONE},
        "night": {"daily": "22:00-06:00", "zone": "Europe/Berlin"},
        "rest": {"rest_of": "office"},
        "any": {"any_of": ["office", "night"]},
        "all": {"all_of": "office, night"},
        "ever": {"any_of": ["office", "rest"]},
    }
    read = parse_all(forms, "UTC")
    assert not any(each.faults or each.unknown for each in read.values())
    return {name: each.hours for name, each in read.items()}


def test_hours_made_of_others_are_open_when_those_are_or_are_not() -> None:
    hours, moment = combined(), datetime(2026, 3, 20, tzinfo=UTC)
    for _ in range(14 * 96):
        office, night = (is_open(hours[name], moment) for name in ("office", "night"))
        opened = [is_open(hours[name], moment) for name in ("rest", "any", "all", "ever")]
        assert opened == [not office, office or night, office and night, True], moment
        moment += timedelta(minutes=15)


def test_what_is_open_and_its_rest_are_the_whole_time() -> None:
    hours = combined()
    first, last = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 5, 3, 7, 20, tzinfo=UTC)
    whole = (last - first).total_seconds() / 60
    assert between(hours["office"], first, last) + between(hours["rest"], first, last) == whole
    assert next_change(hours["ever"], first) is None
    assert hours["ever"].week == ((Interval(0, 1440),),) * 7


def test_the_next_closing_is_that_of_the_next_opening() -> None:
    office = combined()["office"]
    sunday = datetime(2026, 6, 14, 10, tzinfo=office.tz)
    assert next_closing(office, sunday) == datetime(2026, 6, 15, 12, tzinfo=office.tz)


@pytest.mark.parametrize(
    ("forms", "code"),
    [
        ({"a": {"rest_of": "b"}, "b": {"any_of": ["a"]}}, "H13"),
        ({"a": {"rest_of": "a"}}, "H13"),
        ({"a": {"rest_of": "b", "mon": "08:00-09:00"}, "b": DAY}, "H11"),
        ({f"h{n}": {"rest_of": f"h{n + 1}"} for n in range(40)} | {"h40": DAY}, "H13"),
    ],
)
def test_hours_made_of_themselves_or_said_twice_are_told(forms: dict[str, Any], code: str) -> None:
    assert code in {fault.code for each in parse_all(forms, ZONE).values() for fault in each.faults}


def test_unknown_parts_are_named() -> None:
    assert parse_all({"a": {"any_of": ["b", "c"]}, "b": DAY}, ZONE)["a"].unknown == (("any_of", "c"),)
