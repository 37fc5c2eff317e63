"""Checks that nobody is to follow up on a day, or at an hour, at which nobody is there to do it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from tantam.plan.calendars.hours import MINUTES_A_DAY
from tantam.plan.checks.described import NOTE, WARNING, Check, finding, several
from tantam.plan.checks.hours.week import ALWAYS, Stretches, joined, named, when, without
from tantam.plan.errors import Finding, Severity
from tantam.plan.run.follow_ups import BY_ITSELF, sounds_in_person
from tantam.plan.sections.plan import Plan
from tantam.plan.tables.nodes import Literal
from tantam.plan.tables.table import Row
from tantam.plan.tables.values import Family, Span


def check_follow_ups(plan: Plan) -> Iterator[Finding]:
    """Yield K105 for calls and visits that may fall on a day off, K106 for one at an hour when its channel is closed.

    What a machine can send (a text, a survey, or what is not said to be a person's work) may go out on any day.
    """
    rows = plan.follow_ups.rows if plan.follow_ups else ()
    yield from _on_days_off(plan, rows)
    for row in rows:
        channel = plan.channels.get(_written(row, "channel"))
        at = _time(row)
        if channel is not None and at is not None and not _ever_open(named(plan, channel.hours), at):
            args = {"at": f"{at:%H:%M}", "channel": channel.name}
            yield finding("K106", Severity.WARNING, row.place, f"follow_ups#{row.name}", **args)


def _on_days_off(plan: Plan, rows: tuple[Row, ...]) -> Iterator[Finding]:
    found = [(row, _first_closed(plan, row)) for row in rows if _in_calendar_days(row) and _is_in_person(plan, row)]
    found = [(row, day) for row, day in found if day]
    if found:
        names = several(f"follow_ups#{row.name}" for row, _ in found)
        shows = {"when": found[0][1]}
        yield finding("K105", Severity.NOTE, found[0][0].place, "follow_ups", rows=names, shows=shows)


def _is_in_person(plan: Plan, row: Row) -> bool:
    """Return whether somebody must be there to do it: a level by name, a channel with hours, a call or a visit."""
    if any(each in row.outputs for each in BY_ITSELF):
        return False
    channel = plan.channels.get(_written(row, "channel"))
    if "by" in row.outputs or (channel is not None and named(plan, channel.hours) != ALWAYS):
        return True
    return sounds_in_person(plan, row)


def _first_closed(plan: Plan, row: Row) -> str:
    """Return the beginning of the first whole day of the week on which nobody is there, `holidays`, or ""."""
    names = _hours_of(plan, row)
    week = joined(named(plan, name) for name in names)
    closed = without(ALWAYS, _whole_days(week)) if names else ()
    if closed:
        return when(closed)
    hours = [plan.hours.get(name) for name in names]
    rests = bool(hours) and all(each and each.holidays.codes and not each.on_holidays for each in hours)
    return "holidays" if rests else ""


def _hours_of(plan: Plan, row: Row) -> list[str]:
    """Return the names of the hours in which whoever does it is there; [] where the plan is silent.

    Those of the row's channel; else of the shifts of its level, of all shifts without one; else of the working days
    and of all channels that are not open day and night.
    """
    channel = plan.channels.get(_written(row, "channel"))
    if channel is not None:
        return [channel.answered or channel.hours]
    level = _written(row, "by")
    shifts = [each for each in plan.shifts.values() if not level or level in _levels(plan, each.team, each.levels)]
    if shifts:
        return [each.hours for each in shifts]
    if plan.working_days is None:
        return []
    answered = [each.answered or each.hours for each in plan.channels.values()]
    return [plan.working_days.hours.name, *(each for each in answered if named(plan, each) != ALWAYS)]


def _levels(plan: Plan, team: str, own: tuple[str, ...]) -> tuple[str, ...]:
    return own or (plan.teams[team].levels if team in plan.teams else ())


def _whole_days(week: Stretches) -> Stretches:
    days = {minute // MINUTES_A_DAY for start, end in week for minute in range(start, end, 60)}
    return tuple((day * MINUTES_A_DAY, (day + 1) * MINUTES_A_DAY) for day in sorted(days))


def _in_calendar_days(row: Row) -> bool:
    out = row.outputs.get("after")
    value = out.expr.value if out is not None and isinstance(out.expr, Literal) else None
    return isinstance(value, Span) and value.family is Family.CALENDAR and not value.months


def _written(row: Row, column: str) -> str:
    return row.outputs[column].text if column in row.outputs else ""


def _time(row: Row) -> time | None:
    try:
        return time.fromisoformat(_written(row, "at"))
    except ValueError:
        return None


def _ever_open(week: Stretches, at: time) -> bool:
    minute = at.hour * 60 + at.minute
    return any(start <= day * MINUTES_A_DAY + minute < end for start, end in week for day in range(7))


CHECK = Check({"K105": NOTE, "K106": WARNING}, check_follow_ups)
