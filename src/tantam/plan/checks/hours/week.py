"""Stretches of an ordinary week, without holidays and changes of the clocks: joined, taken away, told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from tantam.plan.calendars import Hours
from tantam.plan.calendars.hours import MINUTES_A_DAY
from tantam.plan.sections.plan import Plan
from tantam.plan.weekdays import DAYS

WEEK = 7 * MINUTES_A_DAY
# A Monday in a week in which no zone changes its clocks; it shows how far two zones lie apart.
MONDAY = datetime(2026, 6, 15)  # noqa: DTZ001 - local in whichever zone asks

Stretches = tuple[tuple[int, int], ...]  # minutes from Monday 0:00 in the company's zone, ascending and apart
ALWAYS: Stretches = ((0, WEEK),)
NEVER: Stretches = ()


def named(plan: Plan, name: str) -> Stretches:
    """Return when the hours called `name` are open; "" and `always` are day and night, unknown hours never open."""
    if name in plan.hours:
        return open_in(plan.hours[name], plan.zone)
    return ALWAYS if name in ("", "always") else NEVER


def open_in(hours: Hours, zone: str) -> Stretches:
    """Return when hours are open in an ordinary week, in local time of `zone`."""
    shift = _minutes_ahead(ZoneInfo(zone)) - _minutes_ahead(hours.tz)
    found = []
    for day, intervals in enumerate(hours.week):
        for each in intervals:
            start = (day * MINUTES_A_DAY + each.start + shift) % WEEK
            end = start + each.end - each.start
            found += [(start, min(end, WEEK)), *([(0, end - WEEK)] if end > WEEK else [])]
    return joined([tuple(found)])


def joined(weeks: Iterable[Stretches]) -> Stretches:
    """Return when any of the weeks is open."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(each for week in weeks for each in week):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif start < end:
            found.append((start, end))
    return tuple(found)


def without(week: Stretches, taken: Stretches) -> Stretches:
    """Return what of `week` lies outside `taken`; both ascending and apart."""
    found = []
    for start, end in week:
        for begins, ends in taken:
            if begins >= end:
                break
            if ends > start:
                if begins > start:
                    found.append((start, begins))
                start = max(start, ends)
        if start < end:
            found.append((start, end))
    return tuple(found)


def longest(week: Stretches) -> int:
    """Return the minutes of the longest stretch; one over the end of the week counts as one."""
    lengths = [end - start for start, end in week]
    if len(week) > 1 and week[0][0] == 0 and week[-1][1] == WEEK:
        lengths.append(lengths[0] + lengths[-1])
    return max(lengths, default=0)


def told(week: Stretches) -> str:
    """Return `mon 18:00-tue 08:00, sun 00:00-24:00`."""
    return ", ".join(_stretch(start, end) for start, end in week)


def when(week: Stretches) -> str:
    """Return the first minute of the week, as `mon 18:00`."""
    return _clock(week[0][0])


def _minutes_ahead(zone: tzinfo) -> int:
    """Return how far a zone is ahead of UTC in that week."""
    return round((MONDAY.replace(tzinfo=zone).utcoffset() or timedelta()).total_seconds() / 60)


def _stretch(start: int, end: int) -> str:
    day = (end - 1) // MINUTES_A_DAY
    clock = end - day * MINUTES_A_DAY
    until = f"{clock // 60:02}:{clock % 60:02}"
    same = day == start // MINUTES_A_DAY
    return f"{_clock(start)}-{until}" if same else f"{_clock(start)}-{DAYS[day]} {until}"


def _clock(minute: int) -> str:
    day, clock = divmod(minute % WEEK, MINUTES_A_DAY)
    return f"{DAYS[day]} {clock // 60:02}:{clock % 60:02}"
