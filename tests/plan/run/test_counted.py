"""Why a promise is due when it is: the open time that its clock counted, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tantam.plan.calendars import parse_hours
from tantam.plan.calendars.trace import DayOff, Skipped, Stretch, Trace
from tantam.plan.errors import UnknownName
from tantam.plan.run import counted_aloud, why_due, why_in_time
from tantam.plan.tables.values import Family, Span
from tests.support.plans import shop

PLAN = shop()
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY = datetime(2026, 11, 20, 17, tzinfo=ZONE)
HOUR = Span(Family.EXACT, 3600)


def trace(days: int, stretches: Sequence[tuple[int, int, int, int]] = (), off: Sequence[DayOff] = ()) -> Trace:
    """From Monday at midnight: stretches from a day's hour to a day's hour."""
    monday = datetime(2026, 11, 16, tzinfo=ZONE)
    at = [Stretch(monday + timedelta(days=d, hours=h), monday + timedelta(days=e, hours=f)) for d, h, e, f in stretches]
    return Trace(monday, monday + timedelta(days=days), tuple(at), tuple(off))


def off(day: int, why: Skipped = Skipped.CLOSED, name: str = "") -> DayOff:
    return DayOff(datetime(2026, 11, day, tzinfo=ZONE).date(), why, name)


def test_a_deadline_on_a_clock_says_what_was_counted_and_calendar_time_needs_no_words() -> None:
    monday = FRIDAY.replace(day=23, hour=9)
    said = why_due(PLAN, "office", start=FRIDAY, due=monday, lang="en")
    assert said == "Counted Fri 17:00–18:00, Mon 08:00–09:00; not Sat–Sun (closed)."
    assert why_due(PLAN, "office", start=FRIDAY, due=monday, lang="de").startswith("Gezählt: Fr 17:00–18:00, ")
    assert why_due(PLAN, "", start=FRIDAY, due=monday, lang="en") == ""
    with pytest.raises(UnknownName):
        why_due(PLAN, "offce", start=FRIDAY, due=monday, lang="en")


def test_a_time_is_explained_only_where_it_is_not_one_stretch_from_the_start() -> None:
    at_noon = FRIDAY.replace(hour=11, minute=30)
    said = why_in_time(PLAN, "office", start=at_noon, within=HOUR, lang="vi")
    assert said == "Đã tính T6 11:30–12:00 và 13:00–13:30."
    assert why_in_time(PLAN, "office", start=FRIDAY, within=HOUR, lang="vi") == ""
    before = FRIDAY.replace(hour=7)
    assert why_in_time(PLAN, "office", start=before, within=HOUR, lang="en") == "Counted Fri 08:00–09:00."
    over_the_weekend = why_in_time(PLAN, "office", start=FRIDAY, within=Span(Family.EXACT, 7200), lang="en")
    assert over_the_weekend == "Counted Fri 17:00–18:00, Mon 08:00–09:00; not Sat–Sun (closed)."


def test_days_and_no_time_at_all_and_calendar_time_need_no_words() -> None:
    saturday = FRIDAY.replace(day=21)
    for span in (Span(Family.CALENDAR, 3), Span(Family.WORKING, 3), Span(Family.EXACT, 0)):
        assert why_in_time(PLAN, "office", start=saturday, within=span, lang="en") == ""
    assert why_in_time(PLAN, "", start=saturday, within=HOUR, lang="en") == ""


def test_days_bear_their_date_from_a_week_on() -> None:
    hour = [(0, 8, 0, 9)]
    assert counted_aloud(trace(6, hour), "en") == "Counted Mon 08:00–09:00."
    assert counted_aloud(trace(7, hour), "en") == "Counted Mon 16 Nov 08:00–09:00."
    assert counted_aloud(trace(7, hour), "vi") == "Đã tính T2 16/11 08:00–09:00."
    assert counted_aloud(trace(7, hour), "de") == "Gezählt: Mo 16.11. 08:00–09:00."


def test_a_day_that_is_open_to_its_end_ends_at_24_and_a_night_on_the_next_day() -> None:
    assert counted_aloud(trace(2, [(0, 20, 1, 0)]), "en") == "Counted Mon 20:00–24:00."
    assert counted_aloud(trace(2, [(0, 20, 1, 4)]), "en") == "Counted Mon 20:00–Tue 04:00."
    assert counted_aloud(trace(3, [(0, 20, 2, 0)]), "en") == "Counted Mon 20:00–Wed 00:00."


def test_up_to_four_days_are_told_and_of_more_the_first_two_and_the_last() -> None:
    four = [(day, 8, day, 9) for day in range(4)]
    said = "Counted Mon 08:00–09:00, Tue 08:00–09:00, Wed 08:00–09:00, Thu 08:00–09:00."
    assert counted_aloud(trace(4, four), "en") == said
    five = [*four, (4, 8, 4, 9)]
    assert counted_aloud(trace(5, five), "en") == "Counted Mon 08:00–09:00, Tue 08:00–09:00, 2 more, Fri 08:00–09:00."


def test_three_stretches_of_a_day_are_one_list() -> None:
    several = [(0, 8, 0, 9), (0, 10, 0, 11), (0, 12, 0, 13)]
    assert counted_aloud(trace(1, several), "en") == "Counted Mon 08:00–09:00, 10:00–11:00 and 12:00–13:00."


def test_days_off_are_told_together_if_they_follow_each_other_for_one_reason() -> None:
    apart = counted_aloud(trace(5, off=[off(16), off(18)]), "en")
    assert apart == "No open time lies between: Mon (closed), Wed (closed)."
    together = counted_aloud(trace(5, off=[off(16), off(17), off(18)]), "en")
    assert together == "No open time lies between: Mon–Wed (closed)."
    named = [off(16, Skipped.EXCEPTION, "Inventory"), off(17, Skipped.EXCEPTION, "Move"), off(18, Skipped.EXCEPTION)]
    told = counted_aloud(trace(5, off=named), "en")
    assert told.count("Mon ") == told.count("Tue ") == told.count("Wed ") == 1
    assert "Inventory" in told and "Move" in told


def test_nothing_at_all_is_said_too() -> None:
    assert counted_aloud(trace(0), "en") == "No open time lies between."


def test_the_last_minute_of_the_year_is_counted_with_its_day() -> None:
    night, _ = parse_hours({"daily": "22:00-06:00"}, "Europe/Berlin")
    start = datetime(2026, 12, 31, 23, tzinfo=night.tz)
    stretch = Stretch(start, start + timedelta(hours=2))
    assert counted_aloud(Trace(start, stretch.end, (stretch,), ()), "en") == "Counted Thu 23:00–Fri 01:00."
