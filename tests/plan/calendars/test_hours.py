"""Reading the plan's form of hours: what it means, and what is said about each wrong key."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from tantam.plan.calendars import Holidays, Interval, parse_hours
from tantam.plan.words import LANGUAGES, say

ZONE = "Asia/Ho_Chi_Minh"
DAY = (Interval(480, 720), Interval(780, 1080))


def test_the_form_of_the_plan_is_read() -> None:
    form = {
        "mon-fri": "08:00-12:00, 13:00-18:00",
        "sat": "22:00-06:00",
        "holidays": "VN",
        "2026-12-24": "08:00-12:00",
        date(2026, 12, 31): "closed",
    }
    hours, faults = parse_hours(form, ZONE, name="office")
    assert faults == ()
    assert hours.week == (DAY,) * 5 + ((Interval(1320, 1800),), ())
    assert hours.dates == ((date(2026, 12, 24), (Interval(480, 720),)), (date(2026, 12, 31), ()))
    assert (hours.name, hours.zone, hours.holidays) == ("office", ZONE, Holidays(("VN",)))


@pytest.mark.parametrize(
    ("key", "open_days"),
    [("fri-mon", "mon fri sat sun"), ("sat, sun", "sat sun"), ("daily", "mon tue wed thu fri sat sun"), ("wed", "wed")],
)
def test_spans_of_weekdays(key: str, open_days: str) -> None:
    hours, faults = parse_hours({key: "00:00-24:00"}, ZONE)
    assert faults == ()
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    assert " ".join(name for name, day in zip(names, hours.week, strict=True) if day) == open_days


@pytest.mark.parametrize(
    ("form", "key", "code"),
    [
        ({"mo-fri": "08:00-12:00"}, "mo-fri", "H01"),
        ({7: "08:00-12:00"}, "7", "H01"),
        ({"mon": "8 to 5"}, "mon", "H02"),
        ({"mon": "08:00-25:00"}, "mon", "H02"),
        ({"mon": "08:60-12:00"}, "mon", "H02"),
        ({"mon": "08:00-08:00"}, "mon", "H02"),
        ({"mon": {"from": 8}}, "mon", "H02"),
        ({"mon": "08:00-12:00, 11:00-18:00"}, "mon", "H03"),
        ({"mon": "08:00-12:00", "holidays": "DE-XX"}, "holidays", "H04"),
        ({"mon": "08:00-12:00", "zone": "Berlin"}, "zone", "H05"),
        ({"mon": "08:00-12:00", "zone": "../etc"}, "zone", "H05"),
        ({"mon": "closed"}, "", "H06"),
        ({}, "", "H06"),
        ({"2026-02-30": "closed", "mon": "08:00-12:00"}, "2026-02-30", "H07"),
        ({"mon": "08:00-12:00", "mon-fri": "08:00-12:00"}, "mon-fri", "H08"),
    ],
)
def test_what_is_wrong_is_said_with_its_key(form: dict[object, object], key: str, code: str) -> None:
    _, faults = parse_hours(form, ZONE)
    assert [(fault.key, fault.code) for fault in faults] == [(key, code)]
    for lang in LANGUAGES:
        assert say(code, lang, **faults[0].args)


def test_all_faults_come_at_once_and_the_rest_is_read() -> None:
    hours, faults = parse_hours({"mon": "8-5", "tue": "08:00-12:00", "holidays": "XX"}, "Nowhere")
    assert [fault.code for fault in faults] == ["H02", "H04", "H05"]
    assert hours.week[1] == (Interval(480, 720),)
    assert hours.zone == "UTC"


def test_regions_have_their_own_holidays() -> None:
    from tantam.plan.calendars import is_working_day

    berlin, _ = parse_hours({"mon-fri": "09:00-17:00", "holidays": "DE-BE"}, "Europe/Berlin")
    bavaria, _ = parse_hours({"mon-fri": "09:00-17:00", "holidays": ["DE-BY"]}, "Europe/Berlin")
    womens_day, corpus_christi = date(2027, 3, 8), date(2026, 6, 4)
    assert not is_working_day(berlin, womens_day)
    assert is_working_day(bavaria, womens_day)
    assert is_working_day(berlin, corpus_christi)
    assert not is_working_day(bavaria, corpus_christi)


def test_hours_can_be_sent_to_another_process() -> None:
    hours, _ = parse_hours({"mon-fri": "09:00-17:00", "holidays": "DE-BE"}, "Europe/Berlin")
    again = pickle.loads(pickle.dumps(hours))
    assert again == hours
    assert hash(again) == hash(hours)
    assert again.tz is hours.tz
