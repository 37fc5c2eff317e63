"""The same hours written in other ways are the same hours; and whatever is wrong, a whole sentence says it."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.plan.calendars import Hours, Interval, parse_all, parse_hours
from tantam.plan.words import LANGUAGES, say
from tests.plan.calendars.test_faults import FEEDS, WRITTEN

ZONE = "Asia/Ho_Chi_Minh"
DAY = {"mon-fri": "08:00-12:00"}


def read(form: dict[Any, Any], **more: Any) -> Hours:
    hours, faults = parse_hours(form, ZONE, feeds=FEEDS, **more)
    assert not faults
    return hours


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"lunar": ["10/3", "15/1"]}, {"lunar": {"10/3": "closed", "15/1": "closed"}}),
        ({"lunar": "10/3, 15/1"}, {"lunar": {"10/3": "closed", "15/1": "closed"}}),
        ({"lunar": ("10/3",)}, {"lunar": {" 10/3 ": None}}),
        ({"feed": "half.ics"}, {"feeds": ["half.ics"]}),
        ({"feed": "e.ics, half.ics"}, {"feeds": {"closed": ["e.ics", "half.ics"]}}),
        ({"holidays": "VN, DE"}, {"holidays": ["VN", " DE "]}),
        ({"holidays": ["DE", False]}, {"holidays": "DE, NO"}),
        ({"2026-12-24": "closed"}, {" 2026-12-24 ": False}),
        ({"2026-12-24": "closed"}, {"2026-12-24": {}}),
        ({"24 dec": " Closed "}, {"24 DEC": {"hours": None}}),
        ({"sat": "08:00-09:00, 10:00-11:00"}, {"SAT": ["10:00-11:00", " 08:00-09:00 "]}),
        ({"sat": "00:00-24:00"}, {"sat": "00:00-00:00"}),
        ({"sat": {"hours": "08:00-09:00"}}, {"sat": "08:00-09:00"}),
    ],
)
def test_the_same_hours_written_in_two_ways_are_the_same(one: dict[Any, Any], other: dict[Any, Any]) -> None:
    (first, _), (second, _) = (parse_hours(DAY | each, ZONE, feeds=FEEDS) for each in (one, other))
    assert first == second
    assert first != read(DAY)


def test_hours_have_the_name_and_the_zone_that_were_given_unless_they_say_their_own() -> None:
    assert (read(DAY).zone, read(DAY, name="shop").name) == (ZONE, "shop")
    assert read(DAY | {"zone": "Asia/Tokyo"}).zone == "Asia/Tokyo"
    wrong, faults = parse_hours(DAY, "Mars")
    assert (wrong.zone, [(each.key, each.code) for each in faults]) == ("UTC", [("", "H05")])


@pytest.mark.parametrize(
    ("written", "interval"),
    [
        ("00:00-24:00", Interval(0, 1440)),
        ("00:00-00:01", Interval(0, 1)),
        ("23:59-24:00", Interval(1439, 1440)),
        ("23:59-23:58", Interval(1439, 2878)),
        ("12:00-00:00", Interval(720, 1440)),
        ("08:59-09:00", Interval(539, 540)),
    ],
)
def test_an_interval_ends_where_it_says_on_that_day_or_the_next(written: str, interval: Interval) -> None:
    assert read({"mon": written}).week[0] == (interval,)


@pytest.mark.parametrize(
    "opens", [{"2026-12-24": "08:00-09:00"}, {"1 jan - 2 jan": "08:00-09:00"}, {"mon": "08:00-09:00"}]
)
def test_hours_that_open_on_any_day_at_all_are_hours(opens: dict[str, str]) -> None:
    assert read(opens | {"sat": "closed"}).week[5] == ()


def test_intervals_that_touch_do_not_overlap() -> None:
    assert read({"mon": "08:00-12:00, 12:00-13:00"}).week[0] == (Interval(480, 720), Interval(720, 780))


def test_exceptions_that_only_touch_do_not_overlap() -> None:
    read(DAY | {"2026-12-20 - 2026-12-26": "closed", "2026-12-27 - 2027-01-02": "08:00-09:00"})
    _, (fault,) = parse_hours(
        DAY | {"2026-12-26 - 2027-01-02": "08:00-09:00", "2026-12-20 - 2026-12-26": "closed"}, ZONE
    )
    assert fault.args["first"] == "2026-12-26 - 2027-01-02"


def test_a_calendar_may_be_all_that_opens() -> None:
    _, faults = parse_hours({"feed": {"open": "half.ics"}}, ZONE, feeds=FEEDS)
    assert "H06" not in [each.code for each in faults]
    _, faults = parse_hours({"feed": {"closed": "open.ics"}}, ZONE, feeds={"open.ics": FEEDS["half.ics"]})
    assert [each.code for each in faults] == ["H18"]


COMBINED: list[dict[str, Any]] = [
    {"a": {"rest_of": "a"}},
    {"a": {"any_of": "b", "mon": "08:00-09:00"}, "b": DAY},
    {"a": {"any_of": "b", "zone": "Berlin"}, "b": DAY},
]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fault_names_all_that_its_sentence_speaks_of(lang: str) -> None:
    faults = [fault for case in WRITTEN["hours"] for fault in parse_hours(case["form"], ZONE, feeds=FEEDS)[1]]
    faults += [fault for forms in COMBINED for each in parse_all(forms, ZONE).values() for fault in each.faults]
    assert len({each.code for each in faults}) > 15
    for fault in faults:
        sentence = say(fault.code, lang, **fault.args)
        assert sentence and "None" not in sentence, fault
