"""Writes a time zone as an iCalendar file defines it: each change of its clocks within the days of the file."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tantam.plan.calendars.local_time import midnight

_MARGIN = timedelta(days=3)
_HOUR = timedelta(hours=1)


def zone_lines(zone: ZoneInfo, first: date, last: date) -> list[str]:
    """Return the lines of a VTIMEZONE that holds from `first` to `last`."""
    moment = (midnight(first) - _MARGIN).replace(tzinfo=UTC)
    end = (midnight(last) + _MARGIN).replace(tzinfo=UTC)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone.key}", *_change(moment, moment, zone)]
    while moment < end:
        if moment.astimezone(zone).utcoffset() != (moment + _HOUR).astimezone(zone).utcoffset():
            low, high = moment, moment + _HOUR
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2 // timedelta(seconds=1) * timedelta(seconds=1)
                same = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            lines += _change(low, high, zone)
        moment += _HOUR
    return [*lines, "END:VTIMEZONE"]


def _change(before: datetime, moment: datetime, zone: ZoneInfo) -> list[str]:
    """Return the lines that say what the clocks show from `moment` on; its time is told by the clock `before` it."""
    old, new = before.astimezone(zone), moment.astimezone(zone)
    offset = old.utcoffset() or timedelta()
    kind = "DAYLIGHT" if new.dst() else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{(moment + offset):%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_offset(offset)}",
        f"TZOFFSETTO:{_offset(new.utcoffset() or timedelta())}",
        f"TZNAME:{new.tzname()}",
        f"END:{kind}",
    ]


def _offset(offset: timedelta) -> str:
    sign, seconds = ("-", -offset) if offset < timedelta() else ("+", offset)
    whole = int(seconds.total_seconds())
    tail = f"{whole % 60:02}" if whole % 60 else ""
    return f"{sign}{whole // 3600:02}{whole // 60 % 60:02}{tail}"
