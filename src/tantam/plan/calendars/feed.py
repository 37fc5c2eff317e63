"""Writes hours as an iCalendar file (RFC 5545) that any calendar program shows or subscribes to.

Each interval of the ordinary week is an event that repeats weekly; days on which it does not hold are left out of it,
and what is open otherwise, or longer and shorter because the clocks are changed, is an event of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from tantam.plan.calendars.feed_zone import zone_lines
from tantam.plan.calendars.hours import Hours
from tantam.plan.calendars.lines_out import escaped, wrapped
from tantam.plan.calendars.local_time import EPOCH, instant_at, midnight, to_microseconds
from tantam.plan.calendars.spans import compiled, days_open
from tantam.plan.weekdays import DAYS

_DAY = timedelta(days=1)
_Open = tuple[datetime, datetime]  # instants in UTC


@dataclass(frozen=True, slots=True)
class _Slot:
    """An interval of the ordinary week, in minutes after the midnight of its weekday."""

    weekday: int
    start: int
    end: int

    def on(self, hours: Hours, day: date) -> _Open | None:
        """Return when the interval is open on a day as a repeated event says it; None if the clock skips its start."""
        wall = midnight(day) + timedelta(minutes=self.start)
        starts = instant_at(wall, hours.tz)
        if starts.astimezone(hours.tz).replace(tzinfo=None) != wall:
            return None
        return starts, starts + timedelta(minutes=self.end - self.start)


def calendar_feed(hours: Hours, name: str, first: date, last: date, *, stamp: datetime | None = None) -> str:
    """Return the opening hours of the days from `first` to `last`, both included, as the text of an .ics file.

    name: what people call them; of the calendar and of each event. stamp: aware, when the file was made; midnight of
    `first` if left out, so that the same hours give the same text. Lines end with CR LF.
    """
    made = f"{(stamp or datetime(first.year, first.month, first.day, tzinfo=UTC)).astimezone(UTC):%Y%m%dT%H%M%SZ}"
    opened = {day: _open_on(hours, day) for day in _days(first, last)}
    left = {day: list(several) for day, several in opened.items()}
    events = [event for slot in _slots(hours) if (event := _weekly(hours, slot, left, (name, made))) is not None]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tantam//Hours//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}", *zone_lines(hours.tz, first, last)]
    lines += [line for event in events for line in event]
    lines += [line for day in left for each in left[day] for line in _single(hours, each, (name, made))]
    return "".join(wrapped(line) for line in [*lines, "END:VCALENDAR"])


def _days(first: date, last: date) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


def _slots(hours: Hours) -> Iterator[_Slot]:
    for weekday, intervals in enumerate(hours.week):
        for each in intervals:
            yield _Slot(weekday, each.start, each.end)


def _open_on(hours: Hours, day: date) -> list[_Open]:
    """Return when the intervals of a day open and close; of combined hours, what is open between its midnights."""
    if hours.combined is not None:
        return _between_midnights(hours, day)
    ((_, intervals),) = days_open(hours, day, day)
    found = []
    for each in intervals:
        walls = (midnight(day) + timedelta(minutes=minute) for minute in (each.start, each.end))
        start, end = (instant_at(wall, hours.tz) for wall in walls)
        found += [(start, end)] if start < end else []
    return found


def _between_midnights(hours: Hours, day: date) -> list[_Open]:
    span = compiled(hours, day.year - 1, day.year + 1)
    since, until = (to_microseconds(instant_at(midnight(each), hours.tz)) for each in (day, day + _DAY))
    found = []
    for index in range(max(bisect_right(span.starts, since) - 1, 0), bisect_right(span.starts, until - 1)):
        start, end = max(span.starts[index], since), min(span.ends[index], until)
        if start < end:
            found.append((_instant(start), _instant(end)))
    return found


def _instant(count: int) -> datetime:
    return EPOCH + timedelta(microseconds=count)


def _weekly(hours: Hours, slot: _Slot, left: dict[date, list[_Open]], named: tuple[str, str]) -> list[str] | None:
    """Return the repeated event, and take what it says out of `left`; None if it holds on none of the days."""
    days = [day for day in left if day.weekday() == slot.weekday]
    holds = [day for day in days if slot.on(hours, day) in left[day]]
    if not holds:
        return None
    for day in holds:
        left[day] = [each for each in left[day] if each != slot.on(hours, day)]
    first, last = holds[0], holds[-1]
    start = midnight(first) + timedelta(minutes=slot.start)
    until = instant_at(midnight(last) + timedelta(minutes=slot.start), hours.tz)
    lines = [
        f"DTSTART;TZID={hours.zone}:{start:%Y%m%dT%H%M%S}",
        f"DTEND;TZID={hours.zone}:{start + timedelta(minutes=slot.end - slot.start):%Y%m%dT%H%M%S}",
        f"RRULE:FREQ=WEEKLY;BYDAY={_weekday(start)};UNTIL={until:%Y%m%dT%H%M%SZ}",
    ]
    for day in days:
        if first < day < last and day not in holds:
            wall = midnight(day) + timedelta(minutes=slot.start)
            lines.append(f"EXDATE;TZID={hours.zone}:{wall:%Y%m%dT%H%M%S}")
    return _event(hours, f"{DAYS[slot.weekday]} {slot.start} {slot.end}", lines, named)


def _weekday(start: datetime) -> str:
    """Return the day on which an interval starts, which may be the one after the day that owns it."""
    return DAYS[start.weekday()][:2].upper()


def _single(hours: Hours, opened: _Open, named: tuple[str, str]) -> list[str]:
    start, end = (f"{each:%Y%m%dT%H%M%SZ}" for each in opened)
    return _event(hours, start, [f"DTSTART:{start}", f"DTEND:{end}"], named)


def _event(hours: Hours, what: str, lines: list[str], named: tuple[str, str]) -> list[str]:
    name, made = named
    uid = sha256(f"{hours.name} {hours.zone} {what}".encode()).hexdigest()[:24]
    head = ["BEGIN:VEVENT", f"UID:{uid}@hours.tantam", f"DTSTAMP:{made}", f"SUMMARY:{escaped(name)}"]
    return [*head, *lines, "TRANSP:TRANSPARENT", "END:VEVENT"]
