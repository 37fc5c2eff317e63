"""Reads the values of an iCalendar file (RFC 5545, section 3.3): moments, durations, zones, rules of repetition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MINYEAR, UTC, date, datetime, time, timedelta, tzinfo
from io import StringIO
from zoneinfo import ZoneInfo

from tantam.plan.calendars.content_lines import Component, NotACalendar, Property

_FIRST, _LAST = datetime.combine(date.min, time.min), datetime.combine(date.max, time.max)
_MOMENT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$")
_DURATION = re.compile(r"^([+-]?)P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$")
_OFFSET = re.compile(r"^[+-]\d{4}(\d{2})?$")
_RULE = re.compile(
    r"^(?:FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)|INTERVAL=[1-9]\d{0,3}|COUNT=[1-9]\d{0,4}|UNTIL=[0-9TZ]+|WKST=[A-Z]{2}"
    r"|BYDAY=(?:[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU),?)+|BY(?:MONTHDAY|YEARDAY|WEEKNO|MONTH|SETPOS)=(?:[+-]?\d{1,3},?)+"
    r"|BY(?:HOUR|MINUTE)=\d{1,2})$"
)
_BOUNDS = {
    "BYMONTH": 12,
    "BYMONTHDAY": 31,
    "BYYEARDAY": 366,
    "BYWEEKNO": 53,
    "BYSETPOS": 366,
    "BYHOUR": 23,
    "BYMINUTE": 59,
}


@dataclass(frozen=True, slots=True)
class Wall:
    """A time as it is written: `moment` is naive; zone None is floating, on the clock of whoever reads it."""

    moment: datetime
    zone: tzinfo | None = None
    is_date: bool = False

    def local(self, zone: ZoneInfo) -> datetime:
        """Return what the clocks of `zone` show then, naive."""
        if self.zone is None:
            return self.moment
        return _shown(self.moment, self.zone, zone)

    def shown_in(self, other: Wall) -> Wall:
        """Return the same moment on the clock that `other` is written by."""
        if self.is_date or self.zone is None or other.zone is None:
            return self
        return Wall(_shown(self.moment, self.zone, other.zone), other.zone)

    def later(self, length: timedelta) -> Wall:
        """Return when the clock it is written by shows `length`, not below nothing, more; at most its last moment."""
        return Wall(self.moment + min(length, _LAST - self.moment), self.zone)


def _shown(moment: datetime, zone: tzinfo, other: tzinfo) -> datetime:
    """Return what the clocks of `other` show at a moment of `zone`; beyond the years that there are, their end."""
    try:
        return moment.replace(tzinfo=zone).astimezone(other).replace(tzinfo=None)
    except OverflowError:
        return _FIRST if moment.year == MINYEAR else _LAST


def walls(found: Property, zones: Zones) -> list[Wall]:
    """Return the dates and moments of a property, of a period its beginning. Raises NotACalendar."""
    return [wall(part.partition("/")[0], found, zones) for part in found.value.split(",") if part.strip()]


def wall(text: str, found: Property, zones: Zones) -> Wall:
    """Return one date or moment of `found`. Raises NotACalendar."""
    match = _MOMENT.match(text.strip())
    if match is None:
        raise NotACalendar(found.line, "feed_no_moment", text.strip()[:40])
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    try:
        if match[4] is None:
            return Wall(datetime.combine(date(year, month, day), time.min), None, True)
        # A leap second is the last one of its minute.
        clock = time(int(match[4]), int(match[5]), min(int(match[6]), 59))
        moment = datetime.combine(date(year, month, day), clock)
    except ValueError as wrong:
        raise NotACalendar(found.line, "feed_no_moment", text.strip()[:40]) from wrong
    if match[7]:
        return Wall(moment, UTC)
    name = found.parameters.get("TZID", "")
    return Wall(moment, zones.zone(name, found.line) if name else None)


def duration(found: Property, text: str | None = None) -> timedelta:
    """Return a length, not below nothing. Raises NotACalendar."""
    written = (found.value if text is None else text).strip()
    match = _DURATION.match(written)
    if match is None or not any(match.groups()[1:]) or match[1] == "-":
        raise NotACalendar(found.line, "feed_no_duration", written[:40])
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in match.groups()[1:])
    return timedelta(days=weeks * 7 + days, hours=hours, minutes=minutes, seconds=seconds)


def rule_of(found: Property, start: Wall, zones: Zones) -> str:
    """Return a rule of repetition with its end on the clock of `start`. Raises NotACalendar.

    Rules finer than a day are refused, for opening hours do not repeat by the minute.
    """
    parts = [each.upper() for each in "".join(found.value.split()).split(";") if each]
    names = [each.partition("=")[0] for each in parts]
    sound = "FREQ" in names and len(set(names)) == len(names) and all(_is_sound(each) for each in parts)
    if not sound or {"COUNT", "UNTIL"} <= set(names) or not _is_found(parts, set(names)):
        raise NotACalendar(found.line, "feed_no_rule", found.value[:60])
    kept = [each.rstrip(",") for each in parts if not each.startswith("UNTIL=")]
    for each in parts:
        if each.startswith("UNTIL="):
            until = wall(each[6:], Property("UNTIL", each[6:], found.line), zones)
            last = until.shown_in(start).moment
            if until.is_date and not start.is_date:
                last = datetime.combine(last.date(), time(23, 59, 59))
            kept.append(f"UNTIL={last:%Y%m%dT%H%M%S}" if last.year >= 1000 else "COUNT=1")
    return ";".join(kept)


def _is_found(parts: list[str], names: set[str]) -> bool:
    """Return whether a rule by the day or week soon comes to a day, so that nobody seeks it for ever."""
    if not {"FREQ=DAILY", "FREQ=WEEKLY"} & set(parts):
        return True
    rare = {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"} & names
    strides = "INTERVAL" in names and "INTERVAL=1" not in parts
    skips = "BYMONTH" in names or ("BYDAY" in names and "FREQ=DAILY" in parts)
    return not rare and not (strides and skips)


def _is_sound(part: str) -> bool:
    if not _RULE.match(part):
        return False
    name, _, values = part.partition("=")
    most = _BOUNDS.get(name)
    if most is None:
        return True
    least = 0 if name in ("BYHOUR", "BYMINUTE") else 1
    return all(least <= abs(int(each)) <= most for each in values.split(",") if each)


class Zones:
    """The zones that a calendar's file names: the world's by their names, its own by their definitions."""

    def __init__(self, calendar: Component) -> None:
        self._defined: dict[str, Component] = {}
        for part in calendar.parts:
            name = part.first("TZID") if part.name == "VTIMEZONE" else None
            if name is not None:
                self._defined[_plain(name.value)] = part
        self._known: dict[str, tzinfo] = {}

    def zone(self, name: str, line: int) -> tzinfo:
        """Return the zone of this name. Raises NotACalendar if it is none of the world's and not defined either."""
        name = _plain(name)
        if name not in self._known:
            self._known[name] = self._find(name, line)
        return self._known[name]

    def _find(self, name: str, line: int) -> tzinfo:
        defined = self._defined.get(name)
        place = defined.first("X-LIC-LOCATION") if defined else None
        steps = name.strip("/").split("/")
        ends = ["/".join(steps[-count:]) for count in (3, 2, 1) if len(steps) >= count]
        for each in [name, *([place.value.strip()] if place else []), *(ends if name.startswith("/") else [])]:
            if found := _of_the_world(each):
                return found
        if defined is not None and (own := _own(defined)) is not None:
            return own
        raise NotACalendar(line, "feed_no_zone", name[:60])


def _plain(name: str) -> str:
    return name.strip().strip('"')


def _of_the_world(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _own(defined: Component) -> tzinfo | None:
    """Return the zone that a VTIMEZONE defines, None if it cannot be read."""
    from dateutil.tz import tzical

    lines = ["BEGIN:VTIMEZONE", "TZID:own"]
    for part in defined.parts:
        lines.append(f"BEGIN:{part.name}")
        for name in ("DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO"):
            for each in part.every(name):
                value = each.value.strip()
                if (name == "RRULE" and not value.startswith("FREQ=YEARLY")) or (
                    name.startswith("TZOFF") and not _OFFSET.match(value)
                ):
                    return None
                lines.append(f"{name}:{value}")
        lines.append(f"END:{part.name}")
    lines.append("END:VTIMEZONE")
    try:
        found = tzical(StringIO("\n".join(lines))).get("own")
        datetime(2026, 1, 1, tzinfo=found).utcoffset()
    except (ValueError, TypeError, OverflowError, AttributeError, KeyError, IndexError):
        # The library that reads definitions of zones says in many ways that it cannot.
        return None
    return found if isinstance(found, tzinfo) else None
