"""How soon each way in is answered by the plan, and for which holiday or reason it is closed today."""

from __future__ import annotations

from datetime import datetime

from tantam.desk.plans import kinds
from tantam.desk.plans.running import RunningPlan
from tantam.plan import run
from tantam.plan.calendars.holidays_data import holiday_names
from tantam.plan.run.cells import cell_value
from tantam.plan.tables.cells import contains
from tantam.plan.tables.table import Row, Table
from tantam.plan.tables.types import Duration
from tantam.plan.tables.values import Family, Span

CHANNEL = "channel"
_SECONDS_A_DAY = 86_400


def answered_within(plan: RunningPlan, channel: str, lang: str) -> str:
    """Return in what time who comes by this channel is answered at the latest, as a person reads it.

    "" where no promise of the plan speaks of the channel by name.
    """
    rows = (row for table in plan.plan.promises.tables for row in _rows_of(table, channel))
    spans = [cell_value(plan.plan, each.outputs["within"].text, Duration(None)) for each in rows]
    known = [each for each in spans if isinstance(each, Span)]
    return run.aloud(max(known, key=_days), lang) if known else ""


def closed_for(plan: RunningPlan, channel: str, now: datetime, lang: str) -> str:
    """Return the name of the holiday, or the reason, for which a channel's hours differ today; "" if they do not."""
    clause = plan.plan.channels.get(channel)
    hours = plan.plan.hours.get(clause.hours) if clause and clause.hours else None
    if hours is None:
        return ""
    today = now.astimezone(hours.tz).date()
    if reason := dict(hours.reasons).get(today):
        return reason
    if today not in hours.holidays.dates or today in dict(hours.dates):
        return ""
    named = (holiday_names(each, today.year, lang).get(today, "") for each in hours.holidays.codes)
    return next(filter(None, named), "")


def _rows_of(table: Table, channel: str) -> list[Row]:
    """Return the rows for a first reply that name this channel."""
    chosen = table.only("promise", kinds.FIRST_REPLY)
    at = next((place for place, column in enumerate(chosen.inputs) if column.name == CHANNEL), None)
    if at is None:
        return []
    cells = ((row, row.conditions[at]) for row in chosen.rows if "within" in row.outputs)
    return [row for row, cell in cells if cell and cell.region and contains(cell.region, channel)]


def _days(span: Span) -> float:
    """Return about how many days a time lasts, for what is longer."""
    return span.key / _SECONDS_A_DAY if span.family is Family.EXACT else span.key
