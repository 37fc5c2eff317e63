"""Dates, times and durations of FEEL: read from text, written as ISO 8601, compared, and their properties.

Bounds: years 1 to 9999, microseconds. A named zone is written behind `@`, as FEEL does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tantam.plan.dmn.feel.values import Months

DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
TIME = re.compile(r"(\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d(?::\d\d)?|@[\w+/-]+)?")
DAYS = re.compile(r"(-)?P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
MONTHS = re.compile(r"(-)?P(?:(\d+)Y)?(?:(\d+)M)?")
SOME_DAY = date(1970, 1, 1)  # a time of a named zone has an offset only on a day
MICROSECOND = timedelta(microseconds=1)
DAY = 86_400
BEGINNING = datetime(1, 1, 1)  # noqa: DTZ001 - of any zone


def date_of(text: str) -> date | None:
    """Return the date, None if the text is none."""
    found = DATE.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def time_of(text: str) -> time | None:
    """Return the time of day, None if the text is none."""
    found = TIME.fullmatch(text)
    if not found:
        return None
    hour, minute, second, fraction, zone = found.groups()
    try:
        micros = int((fraction or ".0")[1:7].ljust(6, "0"))
        return time(int(hour), int(minute), int(second), micros, _zone(zone))
    except (ValueError, ZoneInfoNotFoundError, OSError):
        return None


def moment_of(text: str) -> datetime | None:
    """Return the date and time; a date alone is its midnight."""
    day, letter, rest = text.partition("T")
    found = date_of(day)
    at = time_of(rest) if letter else time()
    return None if found is None or at is None else datetime.combine(found, at)


def duration_of(text: str) -> timedelta | Months | None:
    """Return a days and time or a years and months duration, None if the text is neither."""
    months = MONTHS.fullmatch(text)
    try:
        if months and (months[2] or months[3]):
            return Months.of((-1 if months[1] else 1) * (12 * int(months[2] or 0) + int(months[3] or 0)))
        found = DAYS.fullmatch(text)
        if found is None or not any(found.groups()[1:]):
            return None
        days, hours, minutes = (int(each or 0) for each in found.groups()[1:4])
        micros = int(Decimal(found[5] or 0) * 1_000_000)
        span = timedelta(days=days, hours=hours, minutes=minutes, microseconds=micros)
    except (ValueError, OverflowError):
        return None
    return -span if found[1] else span


def temporal_of(text: str) -> Any:
    """Return what an at-literal `@"…"` means, None if nothing."""
    for read in (date_of, moment_of, time_of, duration_of):
        value = read(text)
        if value is not None:
            return value
    return None


def iso(value: Any) -> str:
    """Return a date, time or duration as FEEL writes it."""
    match value:
        case datetime():
            return f"{value.date().isoformat()}T{_time_text(value.timetz(), value.utcoffset())}"
        case date():
            return value.isoformat()
        case time():
            return _time_text(value, value.utcoffset())
        case Months(months=months):
            years, rest = divmod(abs(months), 12)
            text = (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
            return f"{'-' if months < 0 else ''}P{text or '0M'}"
        case timedelta():
            return _duration_text(value)
    raise TypeError(type(value).__name__)


def key_of(value: date | time | datetime) -> Any:
    """Return (has a zone, place in the order of its type); two values compare only where the first agrees."""
    match value:
        case datetime():
            clock = value.replace(tzinfo=None) - BEGINNING  # as a span: UTC may lie before the year 1
            return (True, clock - offset_of(value)) if value.tzinfo else (False, clock)
        case time():
            seconds = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
            clock = seconds + value.microsecond * MICROSECOND
            return (False, clock) if value.tzinfo is None else (True, clock - offset_of(value))
        case _:
            return False, value


def offset_of(value: datetime | time) -> timedelta:
    """Return how far the value's zone, which it has, is from UTC."""
    moment = value if isinstance(value, datetime) else datetime.combine(SOME_DAY, value)
    return moment.utcoffset() or timedelta()


def at_midnight(value: date) -> datetime:
    """Return the moment with which a date counts beside moments; a moment as it is."""
    return value if isinstance(value, datetime) else datetime.combine(value, time(), UTC)


def _zone(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text in "Zz":
        return UTC
    if text[0] == "@":
        return ZoneInfo(text[1:])
    hours, minutes, *seconds = map(int, text[1:].split(":"))
    if hours > 14 or minutes > 59:
        raise ValueError(text)
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    return timezone(-offset if text[0] == "-" else offset)


def _time_text(value: time, offset: timedelta | None) -> str:
    text = value.replace(tzinfo=None).isoformat("seconds")
    if value.microsecond:
        text += f".{value.microsecond:06d}".rstrip("0")
    match value.tzinfo:
        case None:
            return text
        case ZoneInfo(key=key):
            return f"{text}@{key}"
    return text + (offset_text(offset) if offset else "Z")


def offset_text(offset: timedelta) -> str:
    """Return an offset from UTC as `+01:00`."""
    seconds = int(offset.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    text = f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
    return text + (f":{seconds % 60:02d}" if seconds % 60 else "")


def _duration_text(value: timedelta) -> str:
    sign, micros = ("-", -(value // MICROSECOND)) if value < timedelta() else ("", value // MICROSECOND)
    seconds, micros = divmod(micros, 1_000_000)
    days, seconds = divmod(seconds, DAY)
    second = f"{seconds % 60}" + (f".{micros:06d}".rstrip("0") if micros else "")
    clock = [(seconds // 3600, "H"), (seconds // 60 % 60, "M")]
    text = "".join(f"{count}{unit}" for count, unit in clock if count) + (f"{second}S" if second != "0" else "")
    parts = (f"{days}D" if days else "") + (f"T{text}" if text else "")
    return f"{sign}P{parts or 'T0S'}"


def _number(value: int) -> Decimal:
    return Decimal(value)


def _parts(value: timedelta, per: int, modulus: int) -> Decimal:
    seconds = abs(value) // timedelta(seconds=1)
    count = seconds // per % modulus if modulus else seconds // per
    return Decimal(-count if value < timedelta() else count)


def _seconds(value: timedelta) -> Decimal:
    rest = Decimal(abs(value) % timedelta(minutes=1) // MICROSECOND) / 1_000_000
    return -rest if value < timedelta() else rest


def _months_part(value: Months, years: bool) -> Decimal:
    found = divmod(abs(value.months), 12)[0 if years else 1]
    return Decimal(-found if value.months < 0 else found)


def _zone_offset(value: Any) -> timedelta | None:
    return offset_of(value) if value.tzinfo else None


def _zone_name(value: Any) -> str | None:
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


_DATE: Mapping[str, Callable[[Any], Any]] = {
    "year": lambda value: _number(value.year),
    "month": lambda value: _number(value.month),
    "day": lambda value: _number(value.day),
    "weekday": lambda value: _number(value.isoweekday()),
}
_TIME: Mapping[str, Callable[[Any], Any]] = {
    "hour": lambda value: _number(value.hour),
    "minute": lambda value: _number(value.minute),
    "second": lambda value: _number(value.second) + _number(value.microsecond) / 1_000_000,
    "time offset": _zone_offset,
    "timezone": _zone_name,
}
PROPERTIES: Mapping[type, Mapping[str, Callable[[Any], Any]]] = {
    date: _DATE,
    time: _TIME,
    datetime: {**_DATE, **_TIME},
    timedelta: {
        "days": lambda value: _parts(value, DAY, 0),
        "hours": lambda value: _parts(value, 3600, 24),
        "minutes": lambda value: _parts(value, 60, 60),
        "seconds": _seconds,
    },
    Months: {
        "years": lambda value: _months_part(value, True),
        "months": lambda value: _months_part(value, False),
    },
}
