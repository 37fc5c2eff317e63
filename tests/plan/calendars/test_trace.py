"""What was counted, and why days between were not: as data, and as a sentence in three languages."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tantam.plan.calendars import Skipped, Trace, between, counted, parse_all, parse_hours, why
from tantam.plan.run import counted_aloud
from tantam.plan.words import LANGUAGES
from tests.plan.calendars.test_feed_read import calendar

OFFICE, _ = parse_hours(
    {
        "mon-fri": "08:00-12:00, 13:00-18:00",
        "holidays": "VN",
        "lunar": {"23/12": {"because": "Kitchen gods"}},
        "2026-12-31": {"because": "Inventory"},
    },
    "Asia/Ho_Chi_Minh",
    name="office",
)


def traced(start: str, minutes: int, lang: str = "en") -> Trace:
    return why(OFFICE, datetime.fromisoformat(start).replace(tzinfo=OFFICE.tz), minutes, lang=lang)


def test_a_trace_says_what_was_counted_and_what_was_not() -> None:
    trace = traced("2026-04-29 17:30", 120)
    assert [f"{each.start:%a %H:%M}-{each.end:%H:%M}" for each in trace.stretches] == [
        "Wed 17:30-18:00",
        "Mon 08:00-09:30",
    ]
    assert [each.why for each in trace.skipped] == [Skipped.HOLIDAY] * 2 + [Skipped.CLOSED] * 2
    assert trace.skipped[1].name == "International Labor Day"


def test_exceptions_are_named_as_the_plan_names_them() -> None:
    (day, *_) = traced("2026-12-30 16:00", 300).skipped
    assert (day.why, day.name) == (Skipped.EXCEPTION, "Inventory")
    (day, *_) = traced("2027-01-29 16:00", 300).skipped
    assert (day.why, day.name) == (Skipped.EXCEPTION, "Kitchen gods")


def test_the_sentence_in_three_languages() -> None:
    said = {lang: counted_aloud(traced("2026-04-29 17:30", 120, lang), lang) for lang in LANGUAGES}
    assert said["en"].startswith("Counted Wed 17:30–18:00, Mon 08:00–09:30; not Thu (public holiday: ")
    assert said["en"].endswith("Fri (public holiday: International Labor Day), Sat–Sun (closed).")
    assert said["vi"].startswith("Đã tính T4 17:30–18:00, T2 08:00–09:30; không tính T5 (ngày lễ: ")
    assert said["de"].startswith("Gezählt: Mi 17:30–18:00, Mo 08:00–09:30; nicht gezählt: Do (Feiertag: ")


def test_long_traces_are_told_in_short_with_their_dates() -> None:
    said = counted_aloud(traced("2026-02-13 16:00", 40 * 60), "en")
    assert said.startswith(
        "Counted Fri 13 Feb 16:00–18:00, Mon 23 Feb 08:00–12:00 and 13:00–18:00, 3 more, Fri 27 Feb 08:00–10:00; not "
    )


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("vi", "Đã tính T4 10:00–12:00 và 13:00–18:00, T5 08:00–09:00."),
        ("de", "Gezählt: Mi 10:00–12:00 und 13:00–18:00, Do 08:00–09:00."),
        ("en", "Counted Wed 10:00–12:00 and 13:00–18:00, Thu 08:00–09:00."),
    ],
)
def test_a_day_is_named_once_however_often_it_opens(lang: str, said: str) -> None:
    assert counted_aloud(traced("2026-06-10 10:00", 8 * 60), lang) == said


def test_a_night_is_one_stretch() -> None:
    night, _ = parse_hours({"daily": "22:00-06:00"}, "Europe/Berlin")
    start = datetime(2026, 3, 28, 23, tzinfo=night.tz)
    assert counted_aloud(why(night, start, 360), "en") == "Counted Sat 23:00–Sun 06:00."


def test_nothing_counted_is_said() -> None:
    start = datetime(2026, 6, 13, 10, tzinfo=OFFICE.tz)
    assert counted_aloud(counted(OFFICE, start, start + timedelta(hours=30)), "en") == (
        "No open time lies between: Sat–Sun (closed)."
    )


@given(st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1)), st.integers(1, 100_000))  # noqa: DTZ001
def test_the_stretches_are_the_time_between_and_every_other_day_has_a_reason(moment: datetime, minutes: int) -> None:
    start = moment.replace(microsecond=0, tzinfo=OFFICE.tz)
    end = start + timedelta(minutes=minutes)
    trace = counted(OFFICE, start, end)
    length = sum(((each.end - each.start).total_seconds() for each in trace.stretches), 0.0)
    assert length / 60 == between(OFFICE, start, end)
    days = {each.day for each in trace.skipped} | {each.start.date() for each in trace.stretches}
    assert len(days) == (end.astimezone(OFFICE.tz).date() - start.date()).days + 1


def test_of_combined_hours_the_part_that_has_a_reason_gives_it() -> None:
    read = parse_all({"a": {"mon-fri": "08:00-12:00", "holidays": "VN"}, "b": {"all_of": ["a"]}}, "Asia/Ho_Chi_Minh")
    both = read["b"].hours
    trace = why(both, datetime(2026, 4, 29, 11, tzinfo=both.tz), 120)
    assert [each.why for each in trace.skipped] == [Skipped.HOLIDAY] * 2 + [Skipped.CLOSED] * 2


def test_a_day_that_a_calendar_opened_at_other_hours_is_left_out_by_that_calendar() -> None:
    fair = calendar("DTSTART:20260613T100000\nDTEND:20260613T120000\nSUMMARY:Fair")
    form = {"mon-fri": "08:00-18:00", "feed": {"open": "x.ics"}}
    hours, _ = parse_hours(form, "UTC", feeds={"x.ics": fair})
    begins, ends = (datetime.fromisoformat(f"2026-06-{each}+00:00") for each in ("13T13:00", "15T09:00"))
    skipped = counted(hours, begins, ends).skipped
    assert [(each.day.day, each.why, each.name) for each in skipped] == [
        (13, Skipped.FEED, "Fair"),
        (14, Skipped.CLOSED, ""),
    ]
