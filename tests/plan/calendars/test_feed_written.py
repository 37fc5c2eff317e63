"""The written calendar, read back by another library, is open exactly when the hours are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from time import tzset

import icalendar
import numpy as np
import pytest
from dateutil.rrule import rrulestr

from tantam.plan.calendars import Hours, is_open, parse_all, parse_hours
from tantam.plan.calendars.feed import calendar_feed
from tests.plan.calendars.minutes import drawn

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
QUARTER = timedelta(minutes=15)
FORMS = {
    "office": {
        "mon-fri": "08:00-12:00, 13:00-18:00",
        "sat": "08:00-12:00",
        "holidays": "VN",
        "zone": "Asia/Ho_Chi_Minh",
    },
    "night": {"daily": "22:00-06:00", "holidays": "DE-BE", "zone": "Europe/Berlin"},
    "gap": {"sun": "01:00-02:30, 02:30-05:00", "mon": "00:00-24:00", "zone": "Europe/Berlin", "24 dec": "08:00-10:00"},
    "lord": {"fri-sun": "20:00-02:15", "zone": "Australia/Lord_Howe"},
    "cairo": {"daily": "00:00-01:00, 23:00-24:00", "zone": "Africa/Cairo"},
    "rest": {"rest_of": "night"},
    "both": {"all_of": ["night", "gap"]},
}
HOURS = {name: read.hours for name, read in parse_all(FORMS, "UTC").items()}


def read_back(text: str, first: datetime, steps: int, step: timedelta) -> np.ndarray:
    """Return which steps from `first` on begin within an event, as the icalendar library reads the text."""
    opened = np.zeros(steps, dtype=bool)
    for event in icalendar.Calendar.from_ical(text).walk("VEVENT"):
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        length = end.astimezone(UTC) - start.astimezone(UTC)
        starts = [start]
        if "RRULE" in event:
            rule = event["RRULE"].to_ical().decode()
            until = event["RRULE"]["UNTIL"][0].astimezone(start.tzinfo).replace(tzinfo=None)
            naive = rrulestr(rule.split(";UNTIL=")[0], dtstart=start.replace(tzinfo=None)).between(
                start.replace(tzinfo=None), until, inc=True
            )
            several = event.get("EXDATE", [])
            never = {each.dt for one in (several if isinstance(several, list) else [several]) for each in one.dts}
            starts = [each for wall in naive if (each := wall.replace(tzinfo=start.tzinfo)) not in never]
        for each in starts:
            begin = -((first - each.astimezone(UTC)) // step)
            stop = -((first - each.astimezone(UTC) - length) // step)
            opened[max(begin, 0) : max(stop, 0)] = True
    return opened


@pytest.mark.parametrize("name", FORMS)
def test_it_is_open_on_every_quarter_of_an_hour_of_a_year_when_the_hours_are(name: str) -> None:
    _same(HOURS[name], FIRST, LAST, QUARTER)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "America/St_Johns"])
def test_random_hours_around_a_change_of_the_clocks_read_back_to_the_minute(zone: str) -> None:
    day = date(2011, 10, 25) if zone != "Pacific/Apia" else date(2011, 12, 30)
    for seed in range(6):
        hours = drawn(Random(seed), zone, day)
        _same(hours, day - timedelta(days=14), day + timedelta(days=16), timedelta(minutes=1))


def _same(hours: Hours, first: date, last: date, step: timedelta) -> None:
    text = calendar_feed(hours, "Giờ mở cửa", first, last)
    # A night that began before the first day is not written, nor is what comes after the last.
    begin = datetime(first.year, first.month, first.day, tzinfo=UTC) + timedelta(days=2)
    steps = timedelta(days=(last - first).days - 4) // step
    opened = read_back(text, begin, steps, step)
    expected = np.array([is_open(hours, begin + number * step) for number in range(steps)])
    assert np.array_equal(opened, expected), (hours, begin + int(np.argmax(opened != expected)) * step)


def test_the_text_is_folded_escaped_and_the_same_each_time() -> None:
    name = "Bàn chăm sóc khách hàng, quầy 1; tầng \\ 2 " * 3
    text = calendar_feed(HOURS["office"], name, FIRST, LAST)
    assert text == calendar_feed(HOURS["office"], name, FIRST, LAST)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    (event, *_) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == " ".join(name.split())
    uids = [line for line in text.split("\r\n") if line.startswith("UID:")]
    assert len(set(uids)) == len(uids)


def test_our_own_reader_opens_by_it_what_was_open() -> None:
    text = calendar_feed(HOURS["office"], "Office", FIRST, LAST)
    form = {"feed": {"open": "office.ics"}}
    again, faults = parse_hours(form, "Asia/Ho_Chi_Minh", feeds={"office.ics": text})
    assert not faults
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    for _ in range(360 * 48):
        assert is_open(again, moment) == is_open(HOURS["office"], moment), moment
        moment += 2 * QUARTER


def test_without_a_stamp_the_text_is_the_same_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = set()
    with monkeypatch.context() as machine:
        for zone in ("UTC", "Asia/Tokyo"):
            machine.setenv("TZ", zone)
            tzset()
            texts.add(calendar_feed(HOURS["office"], "Office", FIRST, FIRST + timedelta(days=9)))
    tzset()
    (text,) = texts
    assert "DTSTAMP:20260101T000000Z\r\n" in text
