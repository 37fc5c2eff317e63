"""Hours say at which key they are wrong, a calendar's file on which line; each says what stands there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tantam.plan.calendars import parse_hours
from tantam.plan.calendars.content_lines import NotACalendar
from tantam.plan.calendars.feed_events import events_in
from tests.plan.calendars.test_feed_read import calendar

WRITTEN = yaml.safe_load(Path(__file__).with_name("faults.yaml").read_text("utf-8"))
ZONE = "Asia/Ho_Chi_Minh"
FEEDS = {
    "e.ics": "BEGIN:VCALENDAR\nEND:VCALENDAR\n",
    "no.ics": "hello",
    "bad.ics": "BEGIN:VCALENDAR\nEND:VEVENT\n",
    "half.ics": calendar("DTSTART:yesterday", "DTSTART;VALUE=DATE:20260803"),
}


@pytest.mark.parametrize("case", WRITTEN["hours"], ids=lambda case: str(case["form"]))
def test_hours_say_what_is_wrong_at_which_key(case: dict[str, Any]) -> None:
    _, faults = parse_hours(case["form"], ZONE, name="shop", feeds=FEEDS)
    assert [(each.key, each.code) for each in faults] == [(each["key"], each["code"]) for each in case["faults"]]
    for fault, wanted in zip(faults, case["faults"], strict=True):
        # Whose holidays are known is a long list that grows with the package that knows them.
        told = {name: str(value) for name, value in fault.args.items() if name in wanted["args"]}
        assert told == wanted["args"]
        assert set(fault.args) - set(wanted["args"]) <= {"allowed"}


@pytest.mark.parametrize("case", WRITTEN["files"], ids=lambda case: case["text"])
def test_a_file_that_is_no_calendar_says_on_which_line(case: dict[str, Any]) -> None:
    with pytest.raises(NotACalendar) as caught:
        events_in(case["text"])
    assert (caught.value.line, caught.value.code, caught.value.got) == (case["line"], case["code"], case["got"])


@pytest.mark.parametrize("case", WRITTEN["events"], ids=lambda case: case["event"])
def test_an_event_left_out_says_which_line_and_what_stands_there(case: dict[str, Any]) -> None:
    events, troubles = events_in(calendar(case["event"]))
    assert [(each.line, each.code, each.got) for each in troubles] == [(case["line"], case["code"], case["got"])]
    assert events == ()


LONG = "x" * 60


@pytest.mark.parametrize("text", [f"BEGIN:VCALENDAR\nEND:{LONG}\n", f"BEGIN:{LONG}\n"])
def test_of_a_long_line_that_is_no_calendar_forty_characters_are_told(text: str) -> None:
    with pytest.raises(NotACalendar) as caught:
        events_in(text)
    assert caught.value.got.lower() == LONG[:40]


@pytest.mark.parametrize(
    "event", [f"DTSTART:{LONG}", f"DTSTART:20260803\nDTEND:{LONG}", f"DTSTART:20260803\nDURATION:{LONG}"]
)
def test_of_a_long_value_of_an_event_forty_characters_are_told(event: str) -> None:
    _, (trouble,) = events_in(calendar(event))
    assert trouble.got == LONG[:40]


def test_of_an_unknown_region_the_country_and_its_regions_are_told() -> None:
    _, (fault,) = parse_hours({"mon": "08:00-12:00", "holidays": "DE-XX"}, ZONE)
    country, *regions = str(fault.args["allowed"]).split(", ")
    assert country == "DE"
    assert {"DE-BE", "DE-BY"} <= set(regions)
    assert all(each.startswith("DE-") for each in regions)
