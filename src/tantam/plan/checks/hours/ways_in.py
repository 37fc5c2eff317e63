"""Checks that a customer can reach the company at every hour of the week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tantam.plan.calendars import Holidays, Hours, around_the_clock
from tantam.plan.calendars.hours import DAYS
from tantam.plan.calendars.local_time import from_microseconds, to_microseconds
from tantam.plan.calendars.open_time import compiled
from tantam.plan.checks.described import ERROR, NOTE, WARNING, Check
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.plan import Plan

# A week without holidays and changes of the clocks; any such week shows the weekdays' own hours.
_MONDAY = datetime(2026, 6, 15)  # noqa: DTZ001 - local in the company's zone, see _week
_DAY = timedelta(days=1)
_ALWAYS = "always"


def check_ways_in(plan: Plan) -> Iterator[Finding]:
    """Yield K10 if no channel serves at some hours of an ordinary week, K11 if the plan names no channel at all.

    K12 if the plan defines hours called `always` that are not day and night: whoever names them gets day and night.
    """
    if _ALWAYS in plan.hours and _ordinary(plan.hours[_ALWAYS]).week != around_the_clock(plan.zone).week:
        place = plan.place(f"hours.{_ALWAYS}")
        yield Finding("K12", Severity.ERROR, place, clause=f"hours.{_ALWAYS}", remedy="K12_remedy")
    if not plan.channels:
        yield Finding("K11", Severity.NOTE, plan.place("company"), clause="channels", remedy="K11_remedy")
        return
    closed = closed_stretches(plan)
    if closed:
        yield Finding(
            "K10",
            Severity.WARNING,
            plan.place("channels"),
            clause="channels",
            args={"hours": ", ".join(_told(first, last) for first, last in closed)},
            counterexample={"when": _clock(closed[0][0])},
            remedy="K10_remedy",
        )


def closed_stretches(plan: Plan) -> list[tuple[datetime, datetime]]:
    """Return the stretches of an ordinary week, in the company's zone, in which no channel is open."""
    first, last = _week(plan)
    opened: list[tuple[int, int]] = []
    for channel in plan.channels.values():
        hours = plan.hours.get(channel.hours) if channel.hours else around_the_clock(plan.zone)
        if hours is not None:
            span = compiled(_ordinary(hours), _MONDAY.year, _MONDAY.year)
            opened += zip(span.starts, span.ends, strict=True)
    zone = ZoneInfo(plan.zone)
    closed: list[tuple[datetime, datetime]] = []
    reached = first
    for start, end in [*sorted(opened), (last, last)]:
        if start > reached and reached < last:
            closed.append((from_microseconds(reached, zone), from_microseconds(min(start, last), zone)))
        reached = max(reached, end)
    return closed


def _week(plan: Plan) -> tuple[int, int]:
    monday = _MONDAY.replace(tzinfo=ZoneInfo(plan.zone))
    return to_microseconds(monday.astimezone(UTC)), to_microseconds((monday + 7 * _DAY).astimezone(UTC))


def _ordinary(hours: Hours) -> Hours:
    return replace(hours, dates=(), holidays=Holidays())


def _told(first: datetime, last: datetime) -> str:
    """Return `mon 18:00-tue 08:00`, or `sun 00:00-24:00` within one day."""
    ends_at_midnight = (last.hour, last.minute) == (0, 0)
    day = last - _DAY if ends_at_midnight else last
    end = "24:00" if ends_at_midnight else f"{last:%H:%M}"
    same = day.date() == first.date()
    return f"{_clock(first)}-{end}" if same else f"{_clock(first)}-{DAYS[day.weekday()]} {end}"


def _clock(moment: datetime) -> str:
    return f"{DAYS[moment.weekday()]} {moment:%H:%M}"


CHECK = Check({"K10": WARNING, "K11": NOTE, "K12": ERROR}, check_ways_in)
