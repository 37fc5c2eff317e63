"""FEEL's functions over dates, times and durations."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from tantam.plan.dmn.feel.functions.registry import Registry, builtin
from tantam.plan.dmn.feel.temporal import date_of, duration_of, moment_of, time_of
from tantam.plan.dmn.feel.values import Months, whole

FUNCTIONS: Registry = {}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

builtin(FUNCTIONS, "date(from: text)")(date_of)
builtin(FUNCTIONS, "time(from: text)")(time_of)
builtin(FUNCTIONS, "date and time(from: text)")(moment_of)
builtin(FUNCTIONS, "duration(from: text)")(duration_of)
builtin(FUNCTIONS, "date(from: moment)")(datetime.date)
builtin(FUNCTIONS, "date(from: date)", "time(from: time)", "date and time(from: moment)")(lambda value: value)
builtin(FUNCTIONS, "duration(from: days|months)")(lambda value: value)
builtin(FUNCTIONS, "time(from: moment)")(datetime.timetz)
builtin(FUNCTIONS, "time(from: date)")(lambda value: time(tzinfo=UTC))
builtin(FUNCTIONS, "date and time(from: date)")(lambda value: datetime.combine(value, time(), UTC))


@builtin(FUNCTIONS, "date(year: number, month: number, day: number)")
def _date(year: Decimal, month: Decimal, day: Decimal) -> date | None:
    match whole(year), whole(month), whole(day):
        case int(whole_year), int(whole_month), int(whole_day):
            return date(whole_year, whole_month, whole_day)
        case _:
            return None


@builtin(FUNCTIONS, "time(hour: number, minute: number, second: number, offset?: days)")
def _time(hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None) -> time | None:
    hours, minutes = whole(hour), whole(minute)
    if hours is None or minutes is None or not 0 <= second < 60:
        return None
    seconds, micros = divmod(int(second * 1_000_000), 1_000_000)
    return time(hours, minutes, seconds, micros, None if offset is None else timezone(offset))


@builtin(FUNCTIONS, "date and time(date: date|moment, time: time)")
def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day.date() if isinstance(day, datetime) else day, at)


@builtin(
    FUNCTIONS,
    "date and time(year: number, month: number, day: number, hour: number, minute: number, second: number,"
    " offset?: days)",
)
def _moment_of_parts(*parts: Any) -> datetime | None:
    day, at = _date(*parts[:3]), _time(*parts[3:])
    return None if day is None or at is None else datetime.combine(day, at)


@builtin(FUNCTIONS, "years and months duration(from: date|moment, to: date|moment)")
def _months_between(start: date, end: date) -> Months:
    sign = 1
    one, other = _plain(start), _plain(end)
    if one > other:
        one, other, sign = other, one, -1
    months = (other.year - one.year) * 12 + other.month - one.month
    early = (other.day, other.time()) < (one.day, one.time())
    return Months(sign * (months - early))


def _plain(value: date) -> datetime:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else datetime.combine(value, time())


@builtin(FUNCTIONS, "is(value1, value2)")
def _is(one: Any, other: Any) -> bool:
    """The same value in every part: a time in another zone is another one."""
    if type(one) is not type(other):
        return False
    if isinstance(one, datetime | time):
        offsets = one.utcoffset() == other.utcoffset() and (one.tzinfo is None) is (other.tzinfo is None)
        return offsets and bool(one.replace(tzinfo=None) == other.replace(tzinfo=None))
    return bool(one == other)


builtin(FUNCTIONS, "day of year(date: date|moment)")(lambda value: Decimal(value.timetuple().tm_yday))
builtin(FUNCTIONS, "day of week(date: date|moment)")(lambda value: WEEKDAYS[value.weekday()])
builtin(FUNCTIONS, "month of year(date: date|moment)")(lambda value: MONTH_NAMES[value.month - 1])
builtin(FUNCTIONS, "week of year(date: date|moment)")(lambda value: Decimal(value.isocalendar().week))
