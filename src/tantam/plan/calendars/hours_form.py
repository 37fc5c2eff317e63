"""Reads the plan's form of hours; says of each wrong key what was got and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from tantam.plan.calendars.content_lines import NotACalendar
from tantam.plan.calendars.day_keys import DayKey, NoSuchDay, day_key, lunar_key
from tantam.plan.calendars.feed_events import events_in
from tantam.plan.calendars.holidays_data import last_year_of, region_fault
from tantam.plan.calendars.hours import (
    MINUTES_A_DAY,
    Feed,
    Holidays,
    Hours,
    How,
    Interval,
    Reckoning,
    Special,
)
from tantam.plan.nearest import nearest
from tantam.plan.weekdays import DAYS, weekdays
from tantam.plan.words import Key

SOON = 2050  # holidays that are known no further are told of
_INTERVAL = re.compile(r"^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$")
_KEYS = (*DAYS, "mon-fri", "daily", "holidays", "on_holidays", "lunar", "feed", "zone", *How)


@dataclass(frozen=True, slots=True)
class HoursFault:
    """What is wrong with one key of the hours; `code` and `args` are a sentence of the catalogue.

    key: as the plan writes it, or "" where the hours as a whole are meant.
    """

    key: str
    code: str
    args: Mapping[str, Any] = field(default_factory=dict)


def parse_hours(
    form: Mapping[Any, Any], zone: str, *, name: str = "hours", feeds: Mapping[str, str] | None = None
) -> tuple[Hours, tuple[HoursFault, ...]]:
    """Return the hours as far as they can be read, and every fault in them.

    form: weekdays (`mon`, `mon-fri`, `fri-mon`, `sat, sun`, `daily`) to intervals or `closed`; `holidays` to a
    country or `COUNTRY-REGION`, or a list of them; `on_holidays` to intervals; `zone` to an IANA name, if not the
    company's; dates, spans of dates and days of every year to intervals or `closed`; `lunar` to days of the lunar
    calendar; `feed` to files of `feeds`. What is said of other hours (`rest_of`) is read by `parse_all`.
    feeds: the texts of the iCalendar files by name. Never raises: whatever the YAML held comes back as a fault.
    """
    reader = _Reader(feeds or {})
    for key, value in form.items():
        reader.read(key, value)
    own_zone = reader.zone or zone
    if not _is_zone(own_zone):
        near = nearest(own_zone, available_timezones()) or "Europe/Berlin"
        reader.fault("zone" if reader.zone else "", "H05", got=own_zone, near=near)
        own_zone = "UTC"
    if reader.on_holidays and not reader.codes and not any(each.code == "H04" for each in reader.faults):
        reader.fault("on_holidays", "H12")
    if not reader.opens() and not reader.faults:
        reader.fault("", "H06", name=name)
    hours = Hours(
        name,
        own_zone,
        tuple(reader.week.get(day, ()) for day in DAYS),
        tuple(sorted(reader.dates.items())),
        Holidays(tuple(reader.codes)),
        reader.on_holidays,
        tuple(reader.specials),
        tuple(reader.feeds),
        tuple(sorted(reader.reasons.items())),
    )
    return hours, tuple(reader.faults)


class _Reader:
    """Gathers what the keys say, one at a time."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.week: dict[str, tuple[Interval, ...]] = {}
        self.dates: dict[date, tuple[Interval, ...]] = {}
        self.reasons: dict[date, str] = {}
        self.specials: list[Special] = []
        self.codes: list[str] = []
        self.on_holidays: tuple[Interval, ...] = ()
        self.feeds: list[Feed] = []
        self.zone = ""
        self.faults: list[HoursFault] = []

    def fault(self, key: str, code: str, **args: Any) -> None:
        self.faults.append(HoursFault(key, code, {"where": key} | args))

    def opens(self) -> bool:
        """Return whether anything is ever open."""
        dated = [*self.dates.values(), *(each.opens for each in self.specials), self.on_holidays]
        return any(self.week.values()) or any(dated) or any(each.opens for each in self.feeds)

    def read(self, key: Any, value: Any) -> None:
        name = key.isoformat() if isinstance(key, date) else str(key).strip().lower()
        match name:
            case "holidays":
                self._read_holidays(value)
            case "on_holidays":
                self.on_holidays = self._intervals("on_holidays", value)
            case "zone":
                self.zone = str(value)
            case "lunar":
                self._read_lunar(value)
            case "feed" | "feeds":
                self._read_feeds(name, value)
            case _ if days := weekdays(name):
                self._read_days(str(key), days, value)
            case _:
                self._read_dated(str(key), name, value, day_key)

    def _read_holidays(self, value: Any) -> None:
        entries = value if isinstance(value, (list, tuple)) else str(value).split(",")
        for entry in entries:
            # YAML 1.1 editors turn Norway's NO into false.
            code = "NO" if entry is False else str(entry).strip()
            if fault := region_fault(code):
                self.fault("holidays", "H04", got=code, allowed=fault)
                continue
            self.codes.append(code)
            if (last := last_year_of(code)) < SOON:
                self.fault("holidays", "H14", got=code, year=last)

    def _read_lunar(self, value: Any) -> None:
        """Read `{"10/3": closed, "30/12 - 5/1": closed}`, or the days alone: `10/3, 15/1` are closed."""
        days: dict[Any, Any]
        match value:
            case Mapping():
                days = dict(value)
            case list() | tuple():
                days = dict.fromkeys(value)
            case _:
                days = dict.fromkeys(str(value).split(","))
        for key, opens in days.items():
            self._read_dated("lunar", str(key).strip(), opens, lunar_key)

    def _read_dated(self, key: str, name: str, value: Any, read: Callable[[str], DayKey | None]) -> None:
        try:
            found = read(name)
        except NoSuchDay as wrong:
            self.fault(key, "H17" if read is lunar_key else "H07", got=wrong.got)
            return
        if found is None:
            if read is lunar_key:
                self.fault(key, "H17", got=name)
            else:
                self.fault(key, "H01", got=key, near=nearest(name, _KEYS) or "mon-fri")
        elif found.is_backwards:
            self.fault(key, "H10", got=name)
        else:
            self._keep(key, name, found, value)

    def _keep(self, key: str, name: str, found: DayKey, value: Any) -> None:
        because = str(value.get("because", "")) if isinstance(value, Mapping) else ""
        opens = self._intervals(key, value)
        if found.reckoning is Reckoning.DATE and found.first == found.last:
            day = date(*found.first)
            if day in self.dates:
                self.fault(key, "H08", day=name)
            self.dates[day] = opens
            self.reasons |= {day: because} if because else {}
            return
        special = Special(found.reckoning, found.first, found.last, opens, because)
        for other in self.specials:
            if (other.reckoning, other.first, other.last) == (special.reckoning, special.first, special.last):
                self.fault(key, "H08", day=name)
            elif other.reckoning is special.reckoning is Reckoning.DATE and (
                max(other.first, special.first) <= min(other.last, special.last)
            ):
                self.fault(key, "H09", first=_dates_shown(other), second=_dates_shown(special))
        self.specials.append(special)

    def _read_feeds(self, key: str, value: Any) -> None:
        """Read `holidays.ics`, several, or `{closed: holidays.ics, open: fairs.ics}`."""
        written = value if isinstance(value, Mapping) else {"closed": value}
        for way, names in written.items():
            if str(way) not in ("closed", "open"):
                self.fault(key, "H11", got=str(way), allowed="closed, open")
                continue
            for name in names if isinstance(names, (list, tuple)) else str(names).split(","):
                self._read_feed(key, str(name).strip(), opens=str(way) == "open")

    def _read_feed(self, key: str, name: str, *, opens: bool) -> None:
        if name not in self.texts:
            self.fault(key, "H15", file=name)
            return
        text = self.texts[name]
        try:
            events, troubles = events_in(text)
        except NotACalendar as wrong:
            self.fault(key, "H16", file=name, line=wrong.line, why=Key(wrong.code), got=_quoted(wrong.got))
            return
        for each in troubles:
            self.fault(key, "H18", file=name, line=each.line, why=Key(each.code), got=_quoted(each.got))
        if not events and not troubles:
            self.fault(key, "H19", file=name)
        self.feeds.append(Feed(name, text, opens))

    def _read_days(self, key: str, days: tuple[str, ...], value: Any) -> None:
        intervals = self._intervals(key, value)
        for day in days:
            if day in self.week:
                self.fault(key, "H08", day=day)
            self.week[day] = intervals

    def _intervals(self, key: str, value: Any) -> tuple[Interval, ...]:
        if isinstance(value, Mapping) and value.keys() <= {"hours", "because"}:
            value = value.get("hours")
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


def _dates_shown(special: Special) -> str:
    return " - ".join(f"{year:04}-{month:02}-{day:02}" for year, month, day in (special.first, special.last))


def _quoted(got: str) -> str:
    return f" (“{got}”)" if got else ""


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


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
