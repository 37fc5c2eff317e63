"""Reads the plan's form of hours; says of each wrong key what was got and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from tantam.plan.calendars.holidays_data import region_fault
from tantam.plan.calendars.hours import DAYS, MINUTES_A_DAY, Holidays, Hours, Interval
from tantam.plan.nearest import nearest

_INTERVAL = re.compile(r"^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_EVERY_DAY = ("daily", "every_day")


@dataclass(frozen=True, slots=True)
class HoursFault:
    """What is wrong with one key of the hours; `code` and `args` are a sentence of the catalogue.

    key: as the plan writes it, or "" where the hours as a whole are meant.
    """

    key: str
    code: str
    args: Mapping[str, Any] = field(default_factory=dict)


def parse_hours(form: Mapping[Any, Any], zone: str, *, name: str = "hours") -> tuple[Hours, tuple[HoursFault, ...]]:
    """Return the hours as far as they can be read, and every fault in them.

    form: weekdays (`mon`, `mon-fri`, `fri-mon`, `sat, sun`, `daily`) to intervals or `closed`; `holidays` to a
    country or `COUNTRY-REGION`, or a list of them; `zone` to an IANA name, if not the company's; dates to intervals or
    `closed`.
    Never raises: whatever the YAML held comes back as a fault.
    """
    reader = _Reader()
    for key, value in form.items():
        reader.read(key, value)
    own_zone = reader.zone or zone
    if not _is_zone(own_zone):
        near = nearest(own_zone, available_timezones()) or "Europe/Berlin"
        reader.fault("zone" if reader.zone else "", "H05", got=own_zone, near=near)
        own_zone = "UTC"
    if not any(reader.week.values()) and not any(reader.dates.values()) and not reader.faults:
        reader.fault("", "H06", name=name)
    week = tuple(reader.week.get(day, ()) for day in DAYS)
    hours = Hours(name, own_zone, week, tuple(sorted(reader.dates.items())), Holidays(tuple(reader.codes)))
    return hours, tuple(reader.faults)


class _Reader:
    """Gathers what the keys say, one at a time."""

    def __init__(self) -> None:
        self.week: dict[str, tuple[Interval, ...]] = {}
        self.dates: dict[date, tuple[Interval, ...]] = {}
        self.codes: list[str] = []
        self.zone = ""
        self.faults: list[HoursFault] = []

    def fault(self, key: str, code: str, **args: Any) -> None:
        self.faults.append(HoursFault(key, code, {"where": key} | args))

    def read(self, key: Any, value: Any) -> None:
        name = key.isoformat() if isinstance(key, date) else str(key).strip().lower()
        if name == "holidays":
            self._read_holidays(value)
        elif name == "zone":
            self.zone = str(value)
        elif _DATE.match(name):
            self._read_date(str(key), name, value)
        elif days := _weekdays(name):
            self._read_days(str(key), days, value)
        else:
            near = nearest(name, [*DAYS, "mon-fri", "daily", "holidays", "zone"]) or "mon-fri"
            self.fault(str(key), "H01", got=str(key), near=near)

    def _read_holidays(self, value: Any) -> None:
        entries = value if isinstance(value, (list, tuple)) else str(value).split(",")
        for entry in entries:
            # YAML 1.1 editors turn Norway's NO into false.
            code = "NO" if entry is False else str(entry).strip()
            if fault := region_fault(code):
                self.fault("holidays", "H04", got=code, allowed=fault)
            else:
                self.codes.append(code)

    def _read_date(self, key: str, name: str, value: Any) -> None:
        try:
            day = date.fromisoformat(name)
        except ValueError:
            self.fault(key, "H07", got=name)
            return
        if day in self.dates:
            self.fault(key, "H08", day=name)
        self.dates[day] = self._intervals(key, value)

    def _read_days(self, key: str, days: tuple[str, ...], value: Any) -> None:
        intervals = self._intervals(key, value)
        for day in days:
            if day in self.week:
                self.fault(key, "H08", day=day)
            self.week[day] = intervals

    def _intervals(self, key: str, value: Any) -> tuple[Interval, ...]:
        if value is None or value is False or str(value).strip().lower() == "closed":
            return ()
        texts = value if isinstance(value, (list, tuple)) else str(value).split(",")
        found: list[Interval] = []
        for text in texts:
            interval = _interval(str(text).strip())
            if interval is None:
                self.fault(key, "H02", got=str(text).strip())
            else:
                found.append(interval)
        found.sort()
        for first, second in zip(found, found[1:], strict=False):
            if second.start < first.end:
                self.fault(key, "H03", first=_shown(first), second=_shown(second))
        return tuple(found)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _weekdays(name: str) -> tuple[str, ...]:
    """Return the weekdays that `mon`, `mon-fri`, `fri-mon`, `sat, sun` or `daily` mean; () if it means none."""
    if name in _EVERY_DAY:
        return DAYS
    days: list[str] = []
    for part in name.split(","):
        ends = [each.strip() for each in re.split(r"[-–]", part)]
        if not 1 <= len(ends) <= 2 or any(each not in DAYS for each in ends):
            return ()
        first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
        days += [DAYS[(first + step) % 7] for step in range((last - first) % 7 + 1)]
    return tuple(days)


def _interval(text: str) -> Interval | None:
    """Return the interval that `22:00-06:00` means, or None if it means none; 00:00-00:00 is the whole day."""
    if not (match := _INTERVAL.match(text)):
        return None
    hour, minute, last_hour, last_minute = map(int, match.groups())
    start, end = hour * 60 + minute, last_hour * 60 + last_minute
    if max(minute, last_minute) > 59 or start >= MINUTES_A_DAY or end > MINUTES_A_DAY:
        return None
    if start == end != 0:
        return None
    return Interval(start, end if end > start else end + MINUTES_A_DAY)


def _shown(interval: Interval) -> str:
    start, end = interval.start, interval.end
    end_of_day = end if end <= MINUTES_A_DAY else end - MINUTES_A_DAY
    return f"{start // 60:02}:{start % 60:02}-{end_of_day // 60:02}:{end_of_day % 60:02}"
