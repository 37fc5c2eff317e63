"""Counts working days: the days on which an office opens, and when the nth of them is over."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from tantam.plan.calendars.hours import Hours, Interval
from tantam.plan.calendars.local_time import instant_at, midnight
from tantam.plan.calendars.open_time import days_open
from tantam.plan.errors import NeverOpens

_LONGEST_CLOSED_DAYS = 366
_LAST_SECOND = time(23, 59, 59)


class Due(StrEnum):
    """When on its last day a span of working days is over."""

    SAME_TIME = "same_time"
    CLOSING = "closing"
    END_OF_DAY = "end_of_day"


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """`working_days: {on: office, due: closing}`: the local days on which `hours` open, and when one is over."""

    hours: Hours
    due: Due = Due.SAME_TIME


def add_working_days(working: WorkingDays, start: datetime, days: int) -> datetime:
    """Return when the `days`-th working day after the local day of `start` is over.

    start: aware. days: >= 0; 0 gives `start` itself. Result: aware, in the hours' zone, by `working.due`: at the
    same local time, when the last interval of that day closes, or at 23:59:59. Raises NeverOpens if 366 days in a row
    have none.
    Source: docs/algorithms/deadlines.md.
    """
    zone = working.hours.tz
    local = start.astimezone(zone)
    if days < 0:
        raise ValueError(f"{days} working days cannot be added; give 0 or more.")
    if days == 0:
        return local
    day = nth_working_day(working.hours, local.date(), days)
    match working.due:
        case Due.SAME_TIME:
            wall = datetime.combine(day, local.time())
        case Due.CLOSING:
            return closing(working.hours, day)
        case Due.END_OF_DAY:
            return end_of_day(working.hours, day)
    return instant_at(wall, zone).astimezone(zone)


@lru_cache(maxsize=4096)
def nth_working_day(hours: Hours, day: date, count: int) -> date:
    """Return the `count`-th working day after `day`, which itself does not count. count: >= 1. Raises NeverOpens."""
    for working_day in _working_days_from(hours, day + timedelta(days=1)):
        count -= 1
        if count <= 0:
            return working_day
    raise AssertionError("the days never end")


def working_day_from(hours: Hours, day: date) -> date:
    """Return `day` if it is a working day, else the next one. Raises NeverOpens."""
    return next(_working_days_from(hours, day))


def working_day_until(hours: Hours, day: date) -> date:
    """Return `day` if it is a working day, else the one before. Raises NeverOpens."""
    first = day - timedelta(days=_LONGEST_CLOSED_DAYS)
    found = [each for each, intervals in days_open(hours, first, day) if intervals]
    if not found:
        raise NeverOpens(hours.name)
    return found[-1]


def is_working_day(hours: Hours, day: date) -> bool:
    """Return whether the hours open on `day`; a night shift counts for the day on which it starts."""
    return bool(_intervals_of(hours, day))


@lru_cache(maxsize=4096)
def closing(hours: Hours, day: date) -> datetime:
    """Return when the last interval that starts on `day`, a working day, closes; in the hours' zone."""
    zone = hours.tz
    wall = midnight(day) + timedelta(minutes=_intervals_of(hours, day)[-1].end)
    return instant_at(wall, zone).astimezone(zone)


def end_of_day(hours: Hours, day: date) -> datetime:
    """Return the last second of `day` in the hours' zone: what is due that day is in time at 23:59:59."""
    zone = hours.tz
    return instant_at(datetime.combine(day, _LAST_SECOND), zone).astimezone(zone)


def _intervals_of(hours: Hours, day: date) -> tuple[Interval, ...]:
    return _open_in(hours, day.year).get(day, ())


def _working_days_from(hours: Hours, day: date) -> Iterator[date]:
    for year in range(day.year, MAXYEAR + 1):
        days = _days_in(hours, year)
        for place in range(bisect_left(days, day), len(days)):
            working_day = days[place]
            if (working_day - day).days > _LONGEST_CLOSED_DAYS:
                raise NeverOpens(hours.name)
            yield working_day
            if working_day < date.max:
                day = working_day + timedelta(days=1)
        if (date(year, 12, 31) - day).days > _LONGEST_CLOSED_DAYS:
            raise NeverOpens(hours.name)
    raise OverflowError(f"no working day is known after the year {MAXYEAR}")


@lru_cache(maxsize=256)
def _days_in(hours: Hours, year: int) -> tuple[date, ...]:
    return tuple(_open_in(hours, year))


@lru_cache(maxsize=256)
def _open_in(hours: Hours, year: int) -> dict[date, tuple[Interval, ...]]:
    """Return the working days of a local year, ascending, with their intervals: walked once for many cases."""
    days = days_open(hours, date(year, 1, 1), date(year, 12, 31))
    return {day: intervals for day, intervals in days if intervals}
