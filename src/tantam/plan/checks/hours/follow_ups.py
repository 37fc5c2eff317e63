"""Checks that nobody is to follow up on a day, or at an hour, at which nobody is there to do it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from tantam.plan.calendars.hours import MINUTES_A_DAY
from tantam.plan.checks.described import NOTE, WARNING, Check, finding, several
from tantam.plan.checks.hours.week import ALWAYS, Stretches, named, open_in, when, without
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.plan import Plan
from tantam.plan.tables.nodes import Literal
from tantam.plan.tables.table import Row
from tantam.plan.tables.values import Family, Span

_BY_ITSELF = ("say", "survey", "ask")  # what needs nobody at work


def check_follow_ups(plan: Plan) -> Iterator[Finding]:
    """Yield K105 for follow-ups that may fall on a day off, K106 for one at an hour when its channel is closed."""
    rows = plan.follow_ups.rows if plan.follow_ups else ()
    yield from _on_days_off(plan, rows)
    for row in rows:
        channel = plan.channels.get(row.outputs["channel"].text) if "channel" in row.outputs else None
        at = _time(row)
        if channel is not None and at is not None and not _ever_open(named(plan, channel.hours), at):
            args = {"at": f"{at:%H:%M}", "channel": channel.name}
            yield finding("K106", Severity.WARNING, row.place, f"follow_ups#{row.name}", **args)


def _on_days_off(plan: Plan, rows: tuple[Row, ...]) -> Iterator[Finding]:
    if plan.working_days is None:
        return
    closed = without(ALWAYS, _whole_days(open_in(plan.working_days.hours, plan.zone)))
    found = [row for row in rows if _in_calendar_days(row) and not any(each in row.outputs for each in _BY_ITSELF)]
    if closed and found:
        names = several(f"follow_ups#{row.name}" for row in found)
        shows = {"when": when(closed)}
        yield finding("K105", Severity.NOTE, found[0].place, "follow_ups", rows=names, shows=shows)


def _whole_days(week: Stretches) -> Stretches:
    days = {minute // MINUTES_A_DAY for start, end in week for minute in range(start, end, 60)}
    return tuple((day * MINUTES_A_DAY, (day + 1) * MINUTES_A_DAY) for day in sorted(days))


def _in_calendar_days(row: Row) -> bool:
    out = row.outputs.get("after")
    value = out.expr.value if out is not None and isinstance(out.expr, Literal) else None
    return isinstance(value, Span) and value.family is Family.CALENDAR and not value.months


def _time(row: Row) -> time | None:
    if "at" not in row.outputs:
        return None
    try:
        return time.fromisoformat(row.outputs["at"].text)
    except ValueError:
        return None


def _ever_open(week: Stretches, at: time) -> bool:
    minute = at.hour * 60 + at.minute
    return any(start <= day * MINUTES_A_DAY + minute < end for start, end in week for day in range(7))


CHECK = Check({"K105": NOTE, "K106": WARNING}, check_follow_ups)
