"""The lunar calendar against published days, against another source, and against itself."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest

from tantam.plan.calendars.lunar import FIRST_YEAR, LAST_YEAR, date_of, leap_month, lunar_day
from tests.plan.calendars.worked import table

PAGE = "lunar-calendar.md"


@pytest.mark.parametrize("case", table(PAGE, 0), ids=lambda case: case["#"])
def test_lunar_days_as_the_worked_cases_say(case: dict[str, str]) -> None:
    day, month = map(int, case["lunar"].split("/"))
    assert date_of(int(case["year"]), month, day) == date.fromisoformat(case["date"])


@pytest.mark.parametrize("year", range(FIRST_YEAR, 2101))
def test_tet_and_the_kings_day_are_where_another_source_has_them(year: int) -> None:
    known = holidays.country_holidays("VN", years=[year], language="en_US")
    named = {name: day for day, name in known.items()}
    assert date_of(year, 1, 1) == named["Lunar New Year"]
    if "Hung Kings' Commemoration Day" in named:
        assert date_of(year, 3, 10) in known


def test_leap_months_are_those_of_the_printed_calendars() -> None:
    leaps = {year: leap_month(year) for year in range(1984, 2036) if leap_month(year)}
    assert leaps == {
        1985: 2,
        1987: 7,
        1990: 5,
        1993: 3,
        1995: 8,
        1998: 5,
        2001: 4,
        2004: 2,
        2006: 7,
        2009: 5,
        2012: 4,
        2014: 9,
        2017: 6,
        2020: 4,
        2023: 2,
        2025: 6,
        2028: 5,
        2031: 3,
        2033: 11,
    }


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR, 7))
def test_every_date_is_one_lunar_day_and_comes_back(year: int) -> None:
    first, last = date_of(year, 1, 1), date_of(year + 1, 1, 1)
    assert (last - first).days in (353, 354, 355, 383, 384, 385)
    before = lunar_day(first - timedelta(days=1)) if year > FIRST_YEAR else None
    for step in range((last - first).days):
        day = lunar_day(first + timedelta(days=step))
        follows = before is None or day.day == 1 or (day.month, day.day) == (before.month, before.day + 1)
        assert follows, (before, day)
        assert day.leap or date_of(day.year, day.month, day.day) == first + timedelta(days=step)
        before = day


def test_the_thirtieth_of_the_last_month_is_the_eve_of_tet() -> None:
    for year in range(FIRST_YEAR, 2100):
        assert date_of(year, 12, 30) == date_of(year + 1, 1, 1) - timedelta(days=1)


def test_days_that_the_calendar_does_not_have_are_refused() -> None:
    for wrong in ((1967, 1, 1), (2200, 1, 1), (2026, 13, 1), (2026, 1, 31)):
        with pytest.raises(ValueError, match="lunar calendar"):
            date_of(*wrong)
