"""Each kind of promise is matched alone; minutes count open time, days end on days; the soonest of several counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tantam.plan.errors import UnknownName
from tantam.plan.run import Owed, due_again, open_minutes_left, open_now, owed
from tantam.plan.run.promises import due_at
from tantam.plan.sections import Plan, read, read_text
from tantam.plan.tables.values import Family, Span

FILE = Path(__file__).parents[1] / "samples" / "shop.yaml"
PLAN = read(FILE)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def kinds(start: datetime, **facts: Any) -> dict[str, Owed]:
    return {each.kind: each for each in owed(PLAN, facts, start=start)}


def test_minutes_count_open_time_over_the_weekend() -> None:
    due = kinds(local(20, 17, 50), severity="critical")["first_reply"]
    assert (due.due, due.clock, due.minutes) == (local(23, 8, 10), "office", 20)
    assert due.due.tzinfo is UTC


def test_minutes_skip_the_break_and_the_holiday() -> None:
    assert kinds(local(23, 11, 50), severity="critical")["first_reply"].due == local(23, 13, 10)
    # The 24th of November is a holiday.
    assert kinds(local(23, 17, 50), severity="critical")["first_reply"].due == local(25, 8, 10)


def test_a_row_may_run_on_a_clock_of_its_own_across_midnight() -> None:
    due = kinds(local(20, 23), severity="critical")["callback"]
    assert (due.due, due.clock) == (local(21, 1), "night")
    assert kinds(local(21, 3), severity="critical")["callback"].due == local(21, 21)


def test_working_days_end_when_the_plan_says() -> None:
    due = kinds(local(20, 9), severity="normal")["resolution"]
    assert (due.due, due.clock, due.minutes) == (local(25, 18), "", None)


def test_of_several_the_soonest_counts() -> None:
    gentle = kinds(local(20, 9), severity="normal", age="70")["first_reply"]
    assert (gentle.due, gentle.because.rule) == (local(20, 9, 30), "gentle")
    assert kinds(local(20, 9), severity="critical", age="70")["first_reply"].because.rule == "urgent"


def test_each_kind_is_matched_alone_and_no_row_means_nothing_is_owed() -> None:
    assert set(kinds(local(20, 9), severity="serious")) == {"resolution"}
    assert set(kinds(local(20, 9))) == {"resolution"}


def test_a_repeated_promise_says_how_often() -> None:
    due = kinds(local(20, 9), severity="critical")["resolution"]
    assert (due.due, due.every_minutes) == (local(20, 10), 60)


def test_the_soonest_due_comes_first() -> None:
    dues = [each.due for each in owed(PLAN, {"severity": "critical"}, start=local(20, 9))]
    assert dues == sorted(dues)


def test_days_without_a_clock_are_calendar_days_at_the_same_local_time() -> None:
    text = (
        FILE.read_text(encoding="utf-8").replace("  clock: office\n", "").replace("2 working days | -", "14 days | -")
    )
    (due,) = [each for each in owed(read_text(text), {}, start=local(20, 9)) if each.kind == "resolution"]
    assert due.due == local(20, 9) + timedelta(days=14)


def test_calendar_days_keep_the_local_time_over_a_change_of_clocks() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    text = FILE.read_text(encoding="utf-8").replace("  clock: office\n", "").replace("2 working days | -", "7 days | -")
    plan = read_text(text.replace("Asia/Ho_Chi_Minh", "Europe/Berlin"))
    for month, day in ((3, 25), (10, 20)):
        start = datetime(2026, month, day, 9, tzinfo=berlin)
        (due,) = [each.due for each in owed(plan, {}, start=start) if each.kind == "resolution"]
        assert due.astimezone(berlin).hour == 9
        assert due.astimezone(berlin).date() == start.date() + timedelta(days=7)


def test_pausing_keeps_the_open_minutes_that_were_left() -> None:
    now, due = local(20, 9), kinds(local(20, 9), severity="normal")["first_reply"].due
    left = open_minutes_left(PLAN, "office", now=now, due=due)
    assert left == 240
    assert due_again(PLAN, "office", now=local(20, 16), minutes=left) == local(23, 10)


def test_without_a_clock_time_is_calendar_time() -> None:
    now = local(20, 9)
    assert open_minutes_left(PLAN, "", now=now, due=now + timedelta(hours=50)) == 3000
    assert due_again(PLAN, "", now=now, minutes=3000) == now + timedelta(hours=50)


def test_nothing_is_left_once_it_was_due() -> None:
    assert open_minutes_left(PLAN, "office", now=local(20, 9), due=local(20, 8)) == 0
    assert open_minutes_left(PLAN, "office", now=local(20, 9), due=local(20, 9)) == 0


def test_openness_says_until_when_or_when_next() -> None:
    at_work = open_now(PLAN, "office", now=local(20, 9))
    assert (at_work.open, at_work.until, at_work.next) == (True, local(20, 12), None)
    weekend = open_now(PLAN, "office", now=local(21, 9))
    assert (weekend.open, weekend.until, weekend.next) == (False, None, local(23, 8))
    with pytest.raises(UnknownName):
        open_now(PLAN, "offce", now=local(20, 9))


def test_a_promise_may_count_from_a_day_on_record_up_to_the_end_of_its_last_day() -> None:
    text = FILE.read_text(encoding="utf-8").replace("  clock: office\n", "  starts: purchase.handed_over\n")
    plan = read_text(text.replace("2 working days | -", "14 days | -"))
    start = local(20, 9)
    (due,) = [each.due for each in owed(plan, {"handed_on": "2026-11-01"}, start=start) if each.kind == "resolution"]
    assert due == datetime(2026, 11, 15, 23, 59, 59, tzinfo=ZONE)
    assert [each for each in owed(plan, {}, start=start) if each.kind == "resolution"] == []


def test_a_computed_time_that_nobody_can_promise_is_not_owed() -> None:
    text = "tantam: 1\ncompany: {name: X, languages: en, timezone: UTC}\nterms: {late: {duration: any}}\n"
    plan = read_text(text + "promises: |\n  promise => within\n  x | late\n")
    start = datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert [each.minutes for each in owed(plan, {"late": "2 h"}, start=start)] == [120]
    for never in ("-1 h", "99999999999 h"):
        assert owed(plan, {"late": never}, start=start) == ()


def test_what_is_repeated_or_due_at_once_is_said_without_a_span_of_time() -> None:
    text = "tantam: 1\ncompany: {name: X, languages: en, timezone: UTC}\npromises: |\n  promise => within\n"
    plan = read_text(text + "  reply | at once\n  news | every 1 h\n  end | 2 h\n")
    start = datetime(2026, 11, 21, 9, tzinfo=UTC)
    said = [each.because.text("en") for each in owed(plan, {}, start=start)]
    assert said == ["reply: promised at once.", "news: promised every hour.", "end: promised within 2 hours."]


BERLIN = ZoneInfo("Europe/Berlin")
NIGHTS = [(datetime(2026, 3, 28, 12, tzinfo=BERLIN), 23), (datetime(2026, 10, 24, 12, tzinfo=BERLIN), 25)]


@pytest.mark.parametrize(("noon", "hours"), NIGHTS)
def test_hours_are_hours_over_both_changes_of_summer_time(noon: datetime, hours: int) -> None:
    head = "tantam: 1\ncompany: {name: X, languages: en, timezone: Europe/Berlin}\n"
    plan = read_text(head + "promises: |\n  promise => within\n  x | 24 h\n")
    (promise,) = owed(plan, {}, start=noon)
    next_noon = noon.replace(day=noon.day + 1)
    assert promise.due - noon.astimezone(UTC) == timedelta(hours=24)
    assert open_minutes_left(plan, "", now=noon, due=next_noon) == hours * 60


HEAD = "tantam: 1\ncompany: {name: X, languages: en, timezone: Europe/Berlin}\n"
SEVERAL = "promises:\n  when_several: %s\n  table: |\n    row | promise => within\n"


@pytest.mark.parametrize(("which", "row"), [("soonest", "quick"), ("latest", "slow"), ("first", "usual")])
def test_the_plan_says_which_of_several_counts(which: str, row: str) -> None:
    plan = read_text(HEAD + SEVERAL % which + "    usual | x | 2 h\n    slow | x | 3 h\n    quick | x | 1 h\n")
    start = datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert [each.because.rule for each in owed(plan, {}, start=start)] == [row]


def test_hours_from_a_day_on_record_begin_at_its_midnight_in_the_companys_zone() -> None:
    terms = "terms: {came: {date: any, from: purchase.came}}\n"
    plan = read_text(
        HEAD + terms + "promises:\n  starts: purchase.came\n  table: |\n    promise => within\n    x | 30 h\n"
    )
    (promise,) = owed(plan, {"came": "2026-11-01"}, start=datetime(2026, 11, 21, 9, tzinfo=UTC))
    assert promise.due == datetime(2026, 11, 2, 6, tzinfo=BERLIN)


def test_a_moment_on_record_is_where_a_promise_begins_and_the_opening_needs_no_term() -> None:
    terms = "terms: {came: {moment: any, from: purchase.came}}\n"
    text = HEAD + terms + "promises:\n  starts: %s\n  table: |\n    promise => within\n    x | 30 min\n"
    came, start = "2026-11-01T10:00+01:00", datetime(2026, 11, 21, 9, tzinfo=UTC)
    (recorded,) = owed(read_text(text % "purchase.came"), {"came": came}, start=start)
    assert recorded.due == datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
    assert owed(read_text(text % "purchase.came"), {}, start=start) == ()
    for opening in ("case.opened", "case.received_on", "case.opened_at"):
        (promise,) = owed(read_text(text % opening), {"came": came}, start=start)
        assert promise.due == start + timedelta(minutes=30)


def test_how_often_and_how_surely_a_promise_is_kept_is_the_rows_then_the_plans() -> None:
    plan = read_text(
        HEAD + "outputs: {every: {duration: any}, how_sure: {one_of: [surely, hopefully, mostly]}}\n"
        "promises:\n  how_sure: mostly\n  table: |\n    promise => within | every | how_sure\n"
        "    news | 2 h | 30 min | hopefully\n    visit | 2 days | 1 days | -\n    walk | 1..3 h | - | -\n"
    )
    start = datetime(2026, 11, 21, 9, tzinfo=UTC)
    promises = {each.kind: each for each in owed(plan, {}, start=start)}
    assert (promises["news"].every_minutes, promises["news"].minutes, promises["news"].how_sure) == (
        30,
        120,
        "hopefully",
    )
    assert (promises["visit"].every_minutes, promises["visit"].minutes, promises["visit"].how_sure) == (
        None,
        None,
        "mostly",
    )
    assert promises["walk"].due == start + timedelta(hours=3)


def test_a_rounded_minute_is_a_whole_one() -> None:
    now = datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert open_minutes_left(PLAN, "", now=now, due=now + timedelta(seconds=61)) == 2
    assert open_minutes_left(PLAN, "office", now=local(20, 9), due=local(20, 9) + timedelta(seconds=1)) == 1
    assert open_minutes_left(PLAN, "office", now=local(21, 9), due=local(22, 9)) == 0


def test_what_has_no_hours_is_always_open() -> None:
    always = open_now(PLAN, "", now=local(21, 9))
    assert (always.open, always.until, always.next) == (True, None, None)


def test_days_on_a_clock_are_the_days_on_which_it_opens_and_months_the_calendars() -> None:
    def due(span: Span, clock: str, plan: Plan = PLAN) -> datetime:
        return due_at(plan, local(20, 9), span, clock).astimezone(ZONE)

    assert due(Span(Family.CALENDAR, 2), "office") == local(25, 9)
    assert due(Span(Family.CALENDAR, 2), "") == local(22, 9)
    assert due(Span(Family.CALENDAR, 0, 1), "office") == local(20, 9, month=12)
    assert due(Span(Family.WORKING, 2), "night") == local(25, 18)
    assert due(Span(Family.EXACT, 5400), "office") == local(20, 10, 30)
    assert due(Span(Family.EXACT, 5400), "") == local(20, 10, 30)
    without = read_text(FILE.read_text(encoding="utf-8").replace("working_days: {on: office, due: closing}\n", ""))
    assert due(Span(Family.WORKING, 2), "office", without) == local(25, 9)
    assert due(Span(Family.WORKING, 2), "", without) == local(22, 9)
