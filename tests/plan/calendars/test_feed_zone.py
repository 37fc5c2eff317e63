"""A zone written into a calendar file shows, read by another library, what the clocks on the wall show."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from tantam.plan.calendars.feed_zone import zone_lines
from tantam.plan.calendars.local_time import midnight

MINUTE = timedelta(minutes=1)
WEEKS = [
    ("Europe/Berlin", "2026-03-29"),
    ("Europe/Berlin", "2026-10-25"),
    ("Australia/Lord_Howe", "2026-04-05"),  # half an hour
    ("Africa/Cairo", "2026-10-30"),  # at midnight
    ("America/St_Johns", "2006-10-29"),  # one minute after midnight
    ("Pacific/Apia", "2011-12-30"),  # a day left out
    ("Asia/Kathmandu", "1986-01-01"),  # a quarter of an hour
    ("Africa/Monrovia", "1972-01-07"),  # 44 minutes and 30 seconds
    ("Antarctica/Troll", "2026-03-29"),  # two hours
    ("Asia/Ho_Chi_Minh", "2026-02-17"),  # nothing
]


def written(zone: str, first: date, last: date) -> list[str]:
    return zone_lines(ZoneInfo(zone), first, last)


@pytest.mark.parametrize(("zone", "day"), WEEKS)
def test_each_minute_on_the_wall_is_as_far_from_utc_and_called_as_in_the_zone(zone: str, day: str) -> None:
    around = date.fromisoformat(day)
    first, last = around - timedelta(days=2), around + timedelta(days=2)
    read, clock = tzical(StringIO("\r\n".join(written(zone, first, last)))).get(), ZoneInfo(zone)
    for minute in range(5 * 1440):
        shown = midnight(first) + minute * MINUTE
        once = shown.replace(tzinfo=clock)
        if once.utcoffset() != once.replace(fold=1).utcoffset():
            continue  # shown twice or never: nobody can tell which is meant
        again = shown.replace(tzinfo=read)
        assert again.utcoffset() == once.utcoffset(), shown
        assert again.tzname() == once.tzname(), shown


@pytest.mark.parametrize(
    ("zone", "day", "before", "kind", "lines"),
    [
        ("Europe/Berlin", "2026-03-29", "STANDARD", "DAYLIGHT", ["20260329T020000", "+0100", "+0200", "CEST"]),
        ("Europe/Berlin", "2026-10-25", "DAYLIGHT", "STANDARD", ["20261025T030000", "+0200", "+0100", "CET"]),
        ("America/St_Johns", "2006-10-29", "DAYLIGHT", "STANDARD", ["20061029T000100", "-0230", "-0330", "NST"]),
        ("Africa/Monrovia", "1972-01-07", "STANDARD", "STANDARD", ["19720107T000000", "-004430", "+0000", "GMT"]),
        ("Pacific/Apia", "2011-12-30", "DAYLIGHT", "DAYLIGHT", ["20111230T000000", "-1000", "+1400", "+14"]),
    ],
)
def test_a_change_is_told_to_the_second_by_the_clock_before_it(
    zone: str, day: str, before: str, kind: str, lines: list[str]
) -> None:
    named = zip(("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"), lines, strict=True)
    change = [f"BEGIN:{kind}", *(f"{key}:{value}" for key, value in named), f"END:{kind}"]
    found = written(zone, date.fromisoformat(day), date.fromisoformat(day))
    assert found[-7:] == [*change, "END:VTIMEZONE"]
    assert found[2] == f"BEGIN:{before}"


def test_what_holds_before_the_first_change_is_told_first_and_the_zone_by_its_name() -> None:
    assert written("Asia/Ho_Chi_Minh", date(2026, 2, 17), date(2027, 2, 17)) == [
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Ho_Chi_Minh",
        "BEGIN:STANDARD",
        "DTSTART:20260214T070000",
        "TZOFFSETFROM:+0700",
        "TZOFFSETTO:+0700",
        "TZNAME:+07",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def test_every_change_of_many_years_is_told_once_in_order() -> None:
    zone, first, last = ZoneInfo("Africa/Casablanca"), date(2020, 1, 1), date(2027, 12, 31)
    starts = [each.removeprefix("DTSTART:") for each in written(zone.key, first, last) if each.startswith("DTSTART:")]
    moment, end, changes = datetime(2020, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC), []
    while moment < end:  # its clocks are changed on the hour
        before, after = (each.astimezone(zone).utcoffset() for each in (moment - MINUTE, moment))
        if before is not None and before != after:
            changes.append(f"{moment + before:%Y%m%dT%H%M%S}")
        moment += timedelta(hours=1)
    assert starts[1:] == changes
    assert len(changes) > 12
