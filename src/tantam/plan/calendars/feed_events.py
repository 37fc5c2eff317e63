"""What an iCalendar file says of the days of a year: which are covered whole, which in part, and by what event.

Bounded: so many events and rules, and repetitions by the day or longer. Needs python-dateutil, which `holidays` brings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from tantam.plan.calendars.content_lines import Component, NotACalendar, calendars_in
from tantam.plan.calendars.feed_values import Wall, Zones, duration, rule_of, wall, walls
from tantam.plan.calendars.hours import MINUTES_A_DAY

MOST_EVENTS = 5_000
MOST_RULES = 300
MOST_TIMES = 40_000  # of one event: every day of a hundred years
_DAY = timedelta(days=1)
_EARLIEST = 1970  # of what repeats by the day or week
_CYCLES = 19 * 400  # years
_LATEST = 2390
_LONGEST = timedelta(days=36_500)  # of an event that began before the year
_FIRST_LOOKED_BACK = 110  # a year from which the longest still begins after the year 1


@dataclass(frozen=True, slots=True)
class Event:
    """One event: when it begins, how long it lasts on the clock, how it repeats."""

    start: Wall
    lasts: timedelta
    summary: str
    rule: str = ""
    besides: tuple[datetime, ...] = ()
    never: frozenset[datetime] = frozenset()
    not_on: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an event is left out; code is a sentence of the catalogue."""

    line: int
    code: str
    got: str


@dataclass(frozen=True, slots=True)
class Covered:
    """What the events of a file cover of one local day: all of it, or stretches in minutes after its midnight."""

    whole: bool
    stretches: tuple[tuple[int, int], ...]
    because: str


@lru_cache(maxsize=64)
def events_in(text: str) -> tuple[tuple[Event, ...], tuple[Trouble, ...]]:
    """Return the events of a file, and why others of them were left out. Raises NotACalendar."""
    events: list[Event] = []
    troubles: list[Trouble] = []
    for calendar in calendars_in(text):
        zones = Zones(calendar)
        written = [each for each in calendar.parts if each.name == "VEVENT"]
        if len(events) + len(written) > MOST_EVENTS:
            raise NotACalendar(calendar.line, "feed_too_many", str(MOST_EVENTS))
        moved = _moved(written, zones, troubles)
        for each in written:
            try:
                event = _event(each, zones, moved)
            except NotACalendar as wrong:
                troubles.append(Trouble(wrong.line, wrong.code, wrong.got))
            else:
                events += [event] if event else []
    if sum(1 for each in events if each.rule) > MOST_RULES:
        raise NotACalendar(1, "feed_too_many_rules", str(MOST_RULES))
    return tuple(events), tuple(troubles)


@lru_cache(maxsize=512)
def covered_days(text: str, zone: str, year: int) -> dict[date, Covered]:
    """Return what the events cover of the local days of a year in `zone`; days without any are left out.

    Raises NotACalendar as `events_in` does.
    """
    events, _ = events_in(text)
    found: dict[date, Covered] = {}
    clock = ZoneInfo(zone)
    for event in events:
        for begins, ends in _times(event, clock, year):
            for day, first, last in _days(begins, ends, year):
                known = found.get(day, Covered(False, (), ""))
                whole = known.whole or (first, last) == (0, MINUTES_A_DAY)
                because = known.because or event.summary
                found[day] = Covered(whole, tuple(sorted({*known.stretches, (first, last)})), because)
    return found


def _moved(written: list[Component], zones: Zones, troubles: list[Trouble]) -> dict[str, list[Wall]]:
    """Return, by UID, the times of a repeated event that another event takes the place of."""
    moved: dict[str, list[Wall]] = {}
    for each in written:
        uid, instead = each.first("UID"), each.first("RECURRENCE-ID")
        if uid is None or instead is None:
            continue
        try:
            moved.setdefault(uid.value, []).append(wall(instead.value, instead, zones))
        except NotACalendar as wrong:
            troubles.append(Trouble(wrong.line, wrong.code, wrong.got))
    return moved


def _event(written: Component, zones: Zones, moved: dict[str, list[Wall]]) -> Event | None:
    """Return the event, None if it was cancelled or takes no time. Raises NotACalendar."""
    status, begins, uid = (written.first(name) for name in ("STATUS", "DTSTART", "UID"))
    if status is not None and status.value.strip().upper() == "CANCELLED":
        return None
    if begins is None:
        raise NotACalendar(written.line, "feed_no_start")
    start = wall(begins.value, begins, zones)
    lasts = _length(written, start, zones)
    summary = written.first("SUMMARY")
    words = " ".join(_unescaped(summary.value).split())[:120] if summary else ""
    if written.first("RECURRENCE-ID") is not None:
        return Event(start, lasts, words) if lasts else None
    rule = written.first("RRULE")
    never = [each.shown_in(start) for found in written.every("EXDATE") for each in walls(found, zones)]
    never += [each.shown_in(start) for each in moved.get(uid.value if uid else "", [])]
    besides = [each.shown_in(start) for found in written.every("RDATE") for each in walls(found, zones)]
    text = rule_of(rule, start, zones) if rule is not None else ""
    if text and not text.count("YEARLY") and start.moment.year < _EARLIEST:
        raise NotACalendar(begins.line, "feed_too_early", begins.value[:40])
    if not lasts:
        return None
    return Event(
        start,
        lasts,
        words,
        text,
        tuple(each.moment for each in besides),
        frozenset(each.moment for each in never),
        frozenset(each.moment.date() for each in never if each.is_date),
    )


def _length(written: Component, start: Wall, zones: Zones) -> timedelta:
    ends, lasts = written.first("DTEND"), written.first("DURATION")
    if ends is not None:
        length = wall(ends.value, ends, zones).shown_in(start).moment - start.moment
        if length < timedelta():
            raise NotACalendar(ends.line, "feed_ends_first", ends.value[:40])
        # Some programs write a day's event as ending on that very day.
        return length or (_DAY if start.is_date else length)
    if lasts is not None:
        return duration(lasts)
    return _DAY if start.is_date else timedelta()


def _times(event: Event, zone: ZoneInfo, year: int) -> Iterator[tuple[datetime, datetime]]:
    """Yield when the event begins and ends on the clocks of `zone`, as far as it may touch the year."""
    begins = datetime.combine(date(year, 1, 1), time.min)
    low = begins - min(event.lasts, _LONGEST) - 2 * _DAY if year > _FIRST_LOOKED_BACK else None
    high = Wall(datetime.combine(date(year, 12, 31), time.max)).later(2 * _DAY).moment
    for moment in {*_repeated(event, high), *event.besides}:
        if moment in event.never or moment.date() in event.not_on or moment > high or (low and moment < low):
            continue
        first = Wall(moment, event.start.zone)
        yield first.local(zone), first.later(event.lasts).local(zone)


def _repeated(event: Event, high: datetime) -> Iterator[datetime]:
    yield event.start.moment
    if not event.rule or event.start.moment > high:
        return
    from dateutil.rrule import rrulestr

    parts = dict(part.split("=") for part in event.rule.split(";"))
    most = int(parts.pop("COUNT", MOST_TIMES))
    last = f"{high.year:04}{high:%m%dT%H%M%S}"
    until = min(parts.pop("UNTIL", last), last)
    # The library seeks what never comes up to the year 9999. Years repeat to the weekday after 400 of them,
    # so the rule is followed close to that end.
    shift = _CYCLES if high.year < _LATEST else 0
    rule = ";".join(f"{name}={value}" for name, value in parts.items())
    begins = event.start.moment.replace(year=event.start.moment.year + shift)
    found = rrulestr(f"{rule};UNTIL={int(until[:4]) + shift:04}{until[4:]}", dtstart=begins)
    for moment in islice(found, most):
        yield moment.replace(year=moment.year - shift)


def _days(begins: datetime, ends: datetime, year: int) -> Iterator[tuple[date, int, int]]:
    """Yield each day of the year that the stretch touches, with its first and last minute there."""
    since, until = max(begins.date(), date(year, 1, 1)), min(ends.date(), date(year, 12, 31))
    for ordinal in range(since.toordinal(), until.toordinal() + 1):
        day = date.fromordinal(ordinal)
        midnight = datetime.combine(day, time.min)
        first = max(begins - midnight, timedelta()) // timedelta(minutes=1)
        last = -(-min(ends - midnight, _DAY) // timedelta(minutes=1))
        if first < last:
            yield day, first, last


def _unescaped(text: str) -> str:
    return text.replace("\\n", " ").replace("\\N", " ").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
