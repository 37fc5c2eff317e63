"""What is owed to a customer by when, and what becomes of it while a clock is paused."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tantam.plan.calendars import CalendarSpan, WorkingDays, add, add_calendar, add_working_days, between
from tantam.plan.run.answers import Owed
from tantam.plan.run.case import Case, case_of
from tantam.plan.run.facts import Given
from tantam.plan.sections import Plan
from tantam.plan.sections.typed_policies import is_promisable
from tantam.plan.tables.table import Row, Table
from tantam.plan.tables.values import Every, Family, Range, Span

MINUTE = 60


def owed(plan: Plan, facts: Given, *, start: datetime) -> tuple[Owed, ...]:
    """Return the promises due to a case whose clock starts at `start` (aware), soonest due first.

    Each kind is matched alone; no row means that nothing is owed. A row that needs an unknown fact is left out, and
    so is one whose computed time is below nothing or beyond a hundred years.
    A row that `starts` at another moment than the case's opening counts from the fact that comes from that path;
    while that is unknown nothing is owed by it.
    """
    case = case_of(plan, facts, now=start)
    found: dict[str, list[Owed]] = {}
    for table in plan.promises.tables:
        for kind in kinds(table):
            fired = plan.compiled_only(table, "promise", kind)(case.values)
            for row, outputs in zip(fired.rows, fired.results, strict=True):
                found.setdefault(kind, []).extend(_owed(case, table, row, outputs))
    chosen = [_chosen(plan, several) for several in found.values() if several]
    return tuple(sorted(chosen, key=lambda each: each.due))


def kinds(table: Table) -> tuple[str, ...]:
    """Return the kinds of promise that a table names, each once, in its order."""
    return tuple(dict.fromkeys(row.labels["promise"] for row in table.rows if "promise" in row.labels))


def open_minutes_left(plan: Plan, clock: str, *, now: datetime, due: datetime) -> int:
    """Return the open minutes from `now` to `due` on `clock` ("" is calendar time), rounded up; 0 if due has passed."""
    if due <= now:
        return 0
    if not clock:
        return math.ceil((due.astimezone(UTC) - now.astimezone(UTC)).total_seconds() / MINUTE)
    return max(0, math.ceil(between(plan.clock(clock), now, due)))


def due_again(plan: Plan, clock: str, *, now: datetime, minutes: int) -> datetime:
    """Return the instant when `minutes` open minutes have passed on `clock` from `now`; aware, UTC."""
    if not clock:
        return now.astimezone(UTC) + timedelta(minutes=minutes)
    return add(plan.clock(clock), now, minutes).astimezone(UTC)


def _chosen(plan: Plan, several: list[Owed]) -> Owed:
    match plan.promises.when_several:
        case "latest":
            return max(several, key=lambda each: each.due)
        case "first":
            return several[0]
        case _:
            return min(several, key=lambda each: each.due)


def _owed(case: Case, table: Table, row: Row, outputs: Mapping[str, Any]) -> Iterator[Owed]:
    begins = _begins(case, str(outputs.get("starts") or case.plan.promises.starts))
    span, every = _span(outputs)
    if begins is None or span is None or not is_promisable(span):
        return
    clock = str(outputs.get("on") or outputs.get("clock") or case.plan.promises.clock)
    exact = span.family is Family.EXACT
    kind = row.labels.get("promise", "")
    because = case.because(
        f"{table.name}#{row.name}",
        row.name,
        "B_owed" if isinstance(outputs.get("within"), Span | Range) and not span.is_zero else "B_owed_said",
        args={"promise": kind, "within": str(outputs.get("within", span))},
        facts=case.mattered(row, ()),
        law=str(outputs.get("law", "")),
    )
    yield Owed(
        kind,
        _due(case.plan, begins, span, clock).astimezone(UTC),
        because,
        clock=clock if exact and span.amount else "",
        every_minutes=every.amount // MINUTE if every and every.family is Family.EXACT else None,
        minutes=span.amount // MINUTE if exact else None,
        how_sure=str(outputs.get("how_sure") or case.plan.promises.how_sure or "surely"),
    )


def _span(outputs: Mapping[str, Any]) -> tuple[Span | None, Span | None]:
    """Return how long there is, and how long between repeats; the later bound of a range counts."""
    match outputs.get("within"):
        case Every(span=span) as repeated:
            return (span, span) if is_promisable(repeated) else (None, None)
        case Range(high=Span() as high):
            return high, _every(outputs)
        case Span() as span:
            return span, _every(outputs)
        case _:
            return _every(outputs), _every(outputs)


def _every(outputs: Mapping[str, Any]) -> Span | None:
    match outputs.get("every"):
        case Every(span=span) | (Span() as span) if is_promisable(Every(span)):
            return span
        case _:
            return None


def _begins(case: Case, path: str) -> datetime | date | None:
    """Return the moment or the day that a promise counts from, None while it is unknown."""
    if path in ("", "case.opened", "case.opened_at", "case.received_on"):
        return case.now
    for name, clause in case.plan.terms.items():
        if path not in (clause.source, name):
            continue
        value = case.values.get(name)
        return value if isinstance(value, date) else None
    return case.now if path.startswith(("case.", "claim.")) else None


def _due(plan: Plan, begins: datetime | date, span: Span, clock: str) -> datetime:
    """Return when it is due; counted from a day by the plan's rules of deadlines, up to the end of the last day."""
    if isinstance(begins, datetime):
        return due_at(plan, begins, span, clock)
    zone = ZoneInfo(plan.zone)
    if span.family is Family.EXACT:
        return due_at(plan, datetime.combine(begins, time.min, zone), span, clock)
    return datetime.combine(plan.scope.deadline(begins, span), time(23, 59, 59), zone)


def due_at(plan: Plan, start: datetime, span: Span, clock: str) -> datetime:
    """Return when `span` from `start` is over.

    Minutes and hours count open time on `clock` ("" is calendar time). Days on a clock, and working days, end on
    the nth working day; days without a clock, weeks, months and years end at the same local time.
    """
    match span.family:
        case Family.EXACT if clock:
            return add(plan.clock(clock), start, span.amount / MINUTE)
        case Family.EXACT:
            return start.astimezone(UTC) + timedelta(seconds=span.amount)
        case Family.WORKING:
            return add_working_days(_working_days(plan, clock), start, span.amount)
        case Family.CALENDAR if clock and not span.months:
            return add_working_days(WorkingDays(plan.clock(clock)), start, span.amount)
        case Family.CALENDAR:
            return add_calendar(start, CalendarSpan(months=span.months, days=span.amount), ZoneInfo(plan.zone))


def _working_days(plan: Plan, clock: str) -> WorkingDays:
    """The plan's working days; without any, the days of the clock; without a clock, every day."""
    if plan.working_days is not None:
        return plan.working_days
    if clock:
        return WorkingDays(plan.clock(clock))
    from tantam.plan.calendars import around_the_clock

    return WorkingDays(around_the_clock(plan.zone))
