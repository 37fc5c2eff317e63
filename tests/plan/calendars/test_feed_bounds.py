"""A calendar file has bounds: of lines, events and rules; an event, of what is told of it. At a bound it is read."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tantam.plan.calendars.content_lines import MOST_LINES, NotACalendar
from tantam.plan.calendars.feed_events import MOST_EVENTS, MOST_RULES, covered_days, events_in
from tests.plan.calendars.test_feed_read import calendar

EMPTY = "BEGIN:VCALENDAR\nEND:VCALENDAR"
EVENT = "BEGIN:VEVENT\nDTSTART:20260803T100000\nDURATION:PT1H\nEND:VEVENT\n"
RULED = EVENT.replace("DURATION", "RRULE:FREQ=YEARLY\nDURATION")


def refused(text: str) -> tuple[int, str, str]:
    with pytest.raises(NotACalendar) as caught:
        events_in(text)
    return caught.value.line, caught.value.code, caught.value.got


def test_a_file_of_too_many_lines_is_refused_at_the_last_that_it_may_have() -> None:
    assert events_in(EMPTY + "\n" * (MOST_LINES - 1)) == ((), ())
    assert refused(EMPTY + "\n" * MOST_LINES) == (MOST_LINES, "feed_too_long", str(MOST_LINES))


def test_too_many_events_are_refused_where_their_calendar_begins() -> None:
    events, _ = events_in(f"\nBEGIN:VCALENDAR\n{EVENT * MOST_EVENTS}END:VCALENDAR")
    assert len(events) == MOST_EVENTS
    one = f"BEGIN:VCALENDAR\n{EVENT}END:VCALENDAR\n"
    assert refused(f"{one}BEGIN:VCALENDAR\n{EVENT * MOST_EVENTS}END:VCALENDAR") == (7, "feed_too_many", "5000")
    assert refused(EVENT * (MOST_EVENTS + 1)) == (1, "feed_too_many", "5000")


def test_too_many_rules_are_refused_and_events_without_a_rule_are_none() -> None:
    events, _ = events_in(f"BEGIN:VCALENDAR\n{EVENT}{RULED * MOST_RULES}END:VCALENDAR")
    assert sum(bool(each.rule) for each in events) == MOST_RULES
    assert refused(f"BEGIN:VCALENDAR\n{RULED * (MOST_RULES + 1)}END:VCALENDAR") == (1, "feed_too_many_rules", "300")


def test_of_a_long_rule_and_a_long_name_of_a_zone_sixty_characters_are_told() -> None:
    long = "x" * 80
    _, (rule, zone) = events_in(
        calendar(
            f"DTSTART:20260803T100000\nDURATION:PT1H\nRRULE:{long}",
            f"DTSTART;TZID={long}:20260803T100000\nDURATION:PT1H",
        )
    )
    assert (rule.got, zone.got) == (long[:60], long[:60])


def test_of_a_long_summary_a_hundred_and_twenty_characters_are_kept() -> None:
    ((event,), _) = events_in(calendar(f"DTSTART;VALUE=DATE:20260803\nSUMMARY:{'ab ' * 60}"))
    assert event.summary == ("ab " * 60)[:120]


def test_a_summary_is_one_line_of_the_words_that_were_meant() -> None:
    ((event,), _) = events_in(calendar("DTSTART;VALUE=DATE:20260803\nSUMMARY: a\\, b\\;  c\\nd\\Ne \\\\ f "))
    assert event.summary == "a, b; c d e \\ f"


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("P1W", timedelta(days=7)),
        ("P2W3D", timedelta(days=17)),
        ("PT4H", timedelta(hours=4)),
        ("P1DT2H3M4S", timedelta(days=1, hours=2, minutes=3, seconds=4)),
        ("+PT5M", timedelta(minutes=5)),
        (" PT6S ", timedelta(seconds=6)),
    ],
)
def test_an_event_lasts_as_long_as_is_written(written: str, length: timedelta) -> None:
    ((event,), _) = events_in(calendar(f"DTSTART:20260803T100000\nDURATION:{written}"))
    assert event.lasts == length


def test_without_an_end_a_date_lasts_its_day_and_one_that_ends_on_it_too() -> None:
    events, _ = events_in(calendar("DTSTART;VALUE=DATE:20260803", "DTSTART;VALUE=DATE:20260803\nDTEND:20260803"))
    assert [each.lasts for each in events] == [timedelta(days=1)] * 2


def days_of(event: str, year: int = 2026) -> list[date]:
    return sorted(covered_days(calendar(event), "Europe/Berlin", year))


def test_a_rule_that_ends_on_a_date_repeats_to_the_last_second_of_it() -> None:
    daily = "DTSTART:20260803T235959\nDURATION:PT1S\nRRULE:FREQ=DAILY;UNTIL="
    assert days_of(f"{daily}20260805") == [date(2026, 8, 3), date(2026, 8, 4), date(2026, 8, 5)]
    assert days_of(f"{daily}20260805T235958") == [date(2026, 8, 3), date(2026, 8, 4)]
    assert days_of(f"{daily}20260805T235959") == [date(2026, 8, 3), date(2026, 8, 4), date(2026, 8, 5)]


@pytest.mark.parametrize("until", ["00010101", "09991231T235959", "20260802"])
def test_a_rule_that_ended_before_it_began_leaves_the_event_itself(until: str) -> None:
    assert days_of(f"DTSTART:20260803T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL={until}") == [date(2026, 8, 3)]


def test_an_exception_on_a_date_takes_all_of_that_day_one_at_a_moment_only_that() -> None:
    daily = "DTSTART:20260803T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE"
    assert days_of(f"{daily};VALUE=DATE:20260804") == [date(2026, 8, 3), date(2026, 8, 5), date(2026, 8, 6)]
    assert days_of(f"{daily}:20260804T100000,20260805T110000") == [date(2026, 8, 3), date(2026, 8, 5), date(2026, 8, 6)]
    utc = f"{daily}:20260804T080000Z".replace("DTSTART:", "DTSTART;TZID=Europe/Berlin:")
    assert days_of(utc) == [date(2026, 8, 3), date(2026, 8, 5), date(2026, 8, 6)]


def test_an_event_that_began_long_ago_covers_what_is_left_of_it() -> None:
    covered = covered_days(calendar("DTSTART:19300101T000000\nDTEND:20260103T060000"), "UTC", 2026)
    assert list(covered) == [date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)]
    assert [each.whole for each in covered.values()] == [True, True, False]
    assert covered[date(2026, 1, 3)].stretches == ((0, 360),)


def test_part_of_a_minute_is_covered_as_a_whole_one() -> None:
    covered = covered_days(calendar("DTSTART:20260803T100030\nDTEND:20260803T101001"), "UTC", 2026)
    assert covered[date(2026, 8, 3)].stretches == ((600, 611),)


@pytest.mark.parametrize(
    "further",
    ["RDATE;TZID=Asia/Tokyo:20260810T170000", "RDATE:20260810T080000Z", "RDATE;VALUE=PERIOD:20260810T080000Z/PT9H"],
)
def test_a_further_time_is_taken_to_the_clock_of_the_event(further: str) -> None:
    ((event,), _) = events_in(calendar(f"DTSTART;TZID=Europe/Berlin:20260803T100000\nDURATION:PT1H\n{further}"))
    assert event.besides == (datetime.fromisoformat("2026-08-10T10:00"),)


@pytest.mark.parametrize("moved", ["RECURRENCE-ID;TZID=Asia/Tokyo:20260804T170000", "RECURRENCE-ID:20260804T080000Z"])
def test_a_moved_time_is_found_by_another_clock_too(moved: str) -> None:
    daily = "DTSTART;TZID=Europe/Berlin:20260803T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3"
    text = calendar(daily, f"DTSTART;TZID=Europe/Berlin:20260820T100000\nDURATION:PT1H\n{moved}").replace(
        "UID:1", "UID:0"
    )
    found = sorted(covered_days(text, "Europe/Berlin", 2026))
    assert found == [date(2026, 8, 3), date(2026, 8, 5), date(2026, 8, 20)]
