"""The Vietnamese lunar calendar: days of lunar months to dates, by new moons and the sun at UTC+7.

The rule with worked cases: docs/algorithms/lunar-calendar.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import floor

from tantam.plan.calendars.moon import FIRST_NEW_MOON, MEAN_MONTH, new_moon, sun_longitude

FIRST_YEAR = 1968  # since then Vietnam counts by the 105th meridian
LAST_YEAR = 2199
DAYS_OF_A_MONTH = 30
MONTHS = 12
_OFFSET = 7 / 24
_UNIX = 2440587.5  # Julian day of 1 January 1970
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the lunar calendar. year: the Gregorian year in which its first month begins. leap: of the month."""

    year: int
    month: int
    day: int
    leap: bool = False


def date_of(year: int, month: int, day: int) -> date:
    """Return the date of a day of the lunar `year`, in its month that is no leap month.

    year: FIRST_YEAR..LAST_YEAR. month: 1..12, day: 1..30. Day 30 of a month that has only 29 is its 29th, so that 30/12
    is always the eve of Tết. Raises ValueError for what the calendar does not have.
    """
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= MONTHS and 1 <= day <= DAYS_OF_A_MONTH):
        raise ValueError(f"{day}/{month} of {year} is no day of the lunar calendar from {FIRST_YEAR} to {LAST_YEAR}.")
    starts = _months_of(year)
    place = next(place for place, each in enumerate(starts) if (each.month, each.leap) == (month, False))
    last = starts[place + 1].begins - timedelta(days=1) if place + 1 < len(starts) else _tet(year + 1) - _DAY
    return min(starts[place].begins + timedelta(days=day - 1), last)


def lunar_day(day: date) -> LunarDay:
    """Return which day of the lunar calendar a date is. day: of the lunar years FIRST_YEAR to LAST_YEAR.

    Raises ValueError for other dates.
    """
    year = day.year if FIRST_YEAR <= day.year <= LAST_YEAR + 1 and day >= _tet(day.year) else day.year - 1
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{day} lies outside the lunar calendar from {FIRST_YEAR} to {LAST_YEAR}.")
    month = [each for each in _months_of(year) if each.begins <= day][-1]
    return LunarDay(year, month.month, (day - month.begins).days + 1, month.leap)


def leap_month(year: int) -> int:
    """Return the month after which the lunar `year` has a leap month of the same number, 0 if it has none."""
    return next((each.month for each in _months_of(year) if each.leap), 0)


_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Month:
    month: int
    leap: bool
    begins: date


def _tet(year: int) -> date:
    return _months_of(year)[0].begins


@lru_cache(maxsize=512)
def _months_of(year: int) -> tuple[_Month, ...]:
    """Return the months of the lunar year: the last ones of one solstice year, the first ones of the next."""
    after_solstice = [each for each in _solstice_year(year - 1) if each.month <= 10]
    until_next = [each for each in _solstice_year(year) if each.month >= 11]
    return (*after_solstice, *until_next)


@lru_cache(maxsize=512)
def _solstice_year(year: int) -> tuple[_Month, ...]:
    """Return the months from the one with the winter solstice of `year` up to, not including, that of the next.

    The first is month 11. If there are thirteen, the first in which the sun enters no new sign is a leap month.
    """
    first, following = _eleventh(year), _eleventh(year + 1)
    starts = [_day_of(each) for each in range(first, following + 1)]
    leap = following - first == MONTHS + 1
    months: list[_Month] = []
    number = 11
    for begins, ends in zip(starts, starts[1:], strict=False):
        repeats = leap and bool(months) and _sign(begins) == _sign(ends)
        if repeats:
            leap = False
        elif months:
            number = number % MONTHS + 1
        months.append(_Month(number, repeats, begins))
    return tuple(months)


def _eleventh(year: int) -> int:
    """Return the lunation of the month that holds the winter solstice of `year`."""
    solstice = _solstice(year)
    lunation = floor((solstice.toordinal() - _EPOCH.toordinal() + _UNIX - FIRST_NEW_MOON) / MEAN_MONTH) + 1
    while _day_of(lunation) > solstice:
        lunation -= 1
    return lunation


def _solstice(year: int) -> date:
    """Return the local day on which the sun reaches 270 degrees."""
    day = date(year, 12, 19)
    while sun_longitude(_local_midnight(day + _DAY)) < 270:
        day += _DAY
    return day


def _sign(day: date) -> int:
    """Return in which twelfth of its way the sun is when the local day begins."""
    return floor(sun_longitude(_local_midnight(day)) / 30)


def _local_midnight(day: date) -> float:
    return day.toordinal() - _EPOCH.toordinal() + _UNIX - _OFFSET


@lru_cache(maxsize=4096)
def _day_of(lunation: int) -> date:
    return _EPOCH + timedelta(days=floor(new_moon(lunation) + _OFFSET - _UNIX))
