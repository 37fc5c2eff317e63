"""Last days of periods and working days, as the worked cases say."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tantam.plan.calendars import (
    CalendarSpan,
    DeadlineRules,
    Due,
    Ends,
    FirstDay,
    Hours,
    Roll,
    WorkingDays,
    add_calendar,
    add_working_days,
    deadline,
    deadline_instant,
    is_working_day,
)
from tantam.plan.errors import NeverOpens
from tantam.plan.months import add_months
from tests.plan.calendars.worked import hours_of, local, table

PAGE = "deadlines.md"
UNITS = {"M": "months", "d": "days", "w": "working_days"}


@pytest.mark.parametrize("case", table(PAGE, 0), ids=lambda case: case["#"])
def test_last_day_of_a_period_as_the_worked_cases_say(case: dict[str, str]) -> None:
    count, unit = case["span"].split()
    rules = DeadlineRules(first_day=FirstDay(case["first day"]), roll=Roll(case["roll"]))
    span = CalendarSpan(**{UNITS[unit]: int(count)})
    last = deadline(date.fromisoformat(case["begins"]), span, rules, working=hours_of(PAGE)["werktage"])
    assert last == date.fromisoformat(case["last day"])


@pytest.mark.parametrize("case", table(PAGE, 1), ids=lambda case: case["#"])
def test_working_days_as_the_worked_cases_say(case: dict[str, str]) -> None:
    office = hours_of(PAGE)["office"]
    working = WorkingDays(office, Due(case["due"]))
    assert add_working_days(working, local(case["start"], office), int(case["days"])) == local(case["end"], office)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 40))
def test_a_rolled_deadline_is_the_first_working_day_not_before_the_plain_one(begins: date, days: int) -> None:
    werktage = hours_of(PAGE)["werktage"]
    plain = deadline(begins, CalendarSpan(days=days), DeadlineRules(), working=werktage)
    rolled = deadline(begins, CalendarSpan(days=days), DeadlineRules(roll=Roll.NEXT_WORKING_DAY), working=werktage)
    between = [date.fromordinal(n) for n in range(plain.toordinal(), rolled.toordinal())]
    assert is_working_day(werktage, rolled)
    assert not any(is_working_day(werktage, day) for day in between)


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(-50, 50))
def test_months_keep_the_day_or_end_with_the_month(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day == day.day or (moved.day < day.day and date.fromordinal(moved.toordinal() + 1).day == 1)


def test_calendar_days_keep_the_local_time_over_a_change_of_the_clocks() -> None:
    zone = hours_of(PAGE)["office"].tz
    start = datetime(2026, 3, 28, 10, tzinfo=zone)
    assert add_calendar(start, CalendarSpan(days=1), zone) == datetime(2026, 3, 29, 10, tzinfo=zone)
    assert add_calendar(start, CalendarSpan(months=11), zone) == datetime(2027, 2, 28, 10, tzinfo=zone)


def test_working_days_that_never_come_say_so() -> None:
    shut = Hours("shut", "Europe/Berlin", ((),) * 7)
    with pytest.raises(NeverOpens, match="shut"):
        add_working_days(WorkingDays(shut), datetime(2026, 3, 28, tzinfo=shut.tz), 1)
    with pytest.raises(NeverOpens):
        deadline(date(2026, 3, 28), CalendarSpan(1), DeadlineRules(roll=Roll.NEXT_WORKING_DAY), working=shut)


@pytest.mark.parametrize(
    ("ends", "last"),
    [
        (Ends.SAME_TIME, "2026-03-30 10:15"),
        (Ends.CLOSING, "2026-03-30 17:00"),
        (Ends.END_OF_DAY, "2026-03-30 23:59:59"),
    ],
)
def test_the_last_instant_of_a_period_is_by_its_rules(ends: Ends, last: str) -> None:
    office = hours_of(PAGE)["office"]
    rules = DeadlineRules(ends=ends, roll=Roll.NEXT_WORKING_DAY)
    begins = local("2026-03-21 10:15", office)
    assert deadline_instant(begins, CalendarSpan(days=7), rules, working=office) == local(last, office)
