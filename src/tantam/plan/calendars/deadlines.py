"""Computes the last day of a period counted in days, weeks, months or years, as the law counts them.

The rules with worked cases: docs/algorithms/deadlines.md (German Civil Code §§ 187-193).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tantam.plan.calendars.hours import Hours
from tantam.plan.calendars.local_time import instant_at
from tantam.plan.calendars.working_days import (
    closing,
    end_of_day,
    is_working_day,
    nth_working_day,
    working_day_from,
    working_day_until,
)
from tantam.plan.months import add_months


class FirstDay(StrEnum):
    """Whether the day on which a period begins is part of it."""

    COUNTED = "counted"
    NOT_COUNTED = "not_counted"


class Ends(StrEnum):
    """When on its last day a period is over."""

    END_OF_DAY = "end_of_day"
    CLOSING = "closing"
    SAME_TIME = "same_time"


class Roll(StrEnum):
    """Where a period goes that would end on a day on which nobody works."""

    NONE = "none"
    NEXT_WORKING_DAY = "next_working_day"
    PREVIOUS_WORKING_DAY = "previous_working_day"


@dataclass(frozen=True, slots=True)
class DeadlineRules:
    """`deadlines: {first_day: not_counted, ends: end_of_day, roll: next_working_day}`."""

    first_day: FirstDay = FirstDay.NOT_COUNTED
    ends: Ends = Ends.END_OF_DAY
    roll: Roll = Roll.NONE


@dataclass(frozen=True, slots=True)
class CalendarSpan:
    """So many months (a year has 12), days (a week has 7) and working days; each 0 or more."""

    months: int = 0
    days: int = 0
    working_days: int = 0


def deadline(begins: date, span: CalendarSpan, rules: DeadlineRules, *, working: Hours) -> date:
    """Return the last day of the `span` that begins with `begins`.

    working: hours whose days are the working days. Raises NeverOpens if they have none in 366 days.
    Source: docs/algorithms/deadlines.md, cases 1-9.
    """
    last = add_months(begins, span.months)
    # A month without the corresponding day ends the period itself (§ 188 III): no further day is taken off.
    cut_short = last.day != begins.day
    last += timedelta(days=span.days)
    if rules.first_day is FirstDay.COUNTED and not (cut_short and span.days == 0):
        last -= timedelta(days=1)
    if span.working_days:
        last = nth_working_day(working, last, span.working_days)
    match rules.roll:
        case Roll.NONE:
            return last
        case Roll.NEXT_WORKING_DAY:
            return working_day_from(working, last)
        case Roll.PREVIOUS_WORKING_DAY:
            return working_day_until(working, last)


def deadline_instant(begins: datetime, span: CalendarSpan, rules: DeadlineRules, *, working: Hours) -> datetime:
    """Return the last instant that is in time: of `deadline`'s day, by `rules.ends`.

    begins: aware. Result: aware, in the zone of `working`; 23:59:59, the day's closing (or
    23:59:59 if it stays closed), or
    the local time of `begins`.
    """
    zone = working.tz
    local = begins.astimezone(zone)
    last = deadline(local.date(), span, rules, working=working)
    match rules.ends:
        case Ends.SAME_TIME:
            return instant_at(datetime.combine(last, local.time()), zone).astimezone(zone)
        case Ends.CLOSING if is_working_day(working, last):
            return closing(working, last)
        case Ends.CLOSING | Ends.END_OF_DAY:
            return end_of_day(working, last)


def add_calendar(start: datetime, span: CalendarSpan, zone: ZoneInfo) -> datetime:
    """Return the same local time after the months and then the days of `span`.

    start: aware. Result: aware, in `zone`; a local time that is skipped there is the instant of the jump.
    Raises ValueError for working days, which need hours: see `add_working_days`.
    """
    if span.working_days:
        raise ValueError("Working days need hours; use add_working_days.")
    local = start.astimezone(zone)
    day = add_months(local.date(), span.months) + timedelta(days=span.days)
    return instant_at(datetime.combine(day, local.time()), zone).astimezone(zone)
