"""What is owed to a customer by when, and what becomes of it while a clock is paused."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tantam.plan.calendars import (
    CalendarSpan,
    WorkingDays,
    add,
    add_calendar,
    add_working_days,
    around_the_clock,
    between,
)
from tantam.plan.run.answers import Owed
from tantam.plan.run.case import Case, case_of
from tantam.plan.run.facts import Given
from tantam.plan.sections import Plan
from tantam.plan.sections.typed_policies import is_promisable
from tantam.plan.tables.table import Row, Table
from tantam.plan.tables.values import Every, Family, Range, Span, longest

MINUTE = 60
OPENING = ("", "case.opened", "case.opened_at", "case.received_on")


@dataclass(frozen=True, slots=True)
class Vow:
    """What a row of the promises says to a case, before anybody asks when that is due.

    begins: the moment or day that it counts from, None for the case's opening. clock: the row's hours, "" for calendar
    time. row, table: who says so. within: as said.
    """

    kind: str
    span: Span
    every: Span | None
    clock: str
    begins: datetime | date | None
    table: Table
    row: Row
    outputs: Mapping[str, Any]

    @property
    def clause(self) -> str:
        """The address of the row."""
        return f"{self.table.name}#{self.row.name}"

    @property
    def runs_on(self) -> str:
        """The hours whose open time counts, "" for calendar time and for days."""
        return self.clock if self.span.family is Family.EXACT and self.span.amount else ""

    @property
    def every_minutes(self) -> int | None:
        """Open minutes between repeats, None if it is owed once or the plan counts them in days."""
        return self.every.amount // MINUTE if self.every and self.every.family is Family.EXACT else None

    @property
    def within(self) -> str:
        """The time that the row gives, as its cell means it."""
        return str(self.outputs.get("within", self.span))


def owed(plan: Plan, facts: Given, *, start: datetime) -> tuple[Owed, ...]:
    """Return the promises due to a case whose clock starts at `start` (aware), soonest due first.

    Each kind is matched alone; no row means that nothing is owed. A row that needs an unknown fact is left out, and
    so is one whose computed time is below nothing or beyond a hundred years.
    A row that `starts` at another moment than the case's opening counts from the fact that comes from that path;
    while that is unknown nothing is owed by it.
    """
    case = case_of(plan, facts, now=start)
    chosen = counting(case, start).values()
    return tuple(owed_by(case, vow, due) for due, vow in sorted(chosen, key=lambda each: each[0]))


def counting(case: Case, start: datetime) -> dict[str, tuple[datetime, Vow]]:
    """Return {kind: (due, vow)} of what the rows say to the case: of each kind the one that counts."""
    found: dict[str, list[Vow]] = {}
    for table in case.plan.promises.tables:
        for kind in kinds(table):
            found.setdefault(kind, []).extend(vows(case, table, kind))
    return {kind: sooner(case.plan, several, start) for kind, several in found.items() if several}


def vows(case: Case, table: Table, kind: str) -> Iterator[Vow]:
    """Yield what the rows of one kind say to the case; a row that needs an unknown fact says nothing."""
    fired = case.plan.compiled_only(table, "promise", kind)(case.values)
    for row, outputs in zip(fired.rows, fired.results, strict=True):
        if (vow := vow_of(case, table, row, outputs)) is not None:
            yield vow


def vow_of(case: Case, table: Table, row: Row, outputs: Mapping[str, Any]) -> Vow | None:
    """Return what a row with these results says to the case, None if its time or its beginning is unknown."""
    promises = case.plan.promises
    knows, begins = _begins(case, starts_at(case.plan, outputs))
    span, every = _span(outputs)
    if not knows or span is None or not is_promisable(span):
        return None
    clock = str(outputs.get("on") or outputs.get("clock") or promises.clock)
    return Vow(row.labels.get("promise", ""), span, every, clock, begins, table, row, outputs)


def starts_at(plan: Plan, outputs: Mapping[str, Any]) -> str:
    """Return the path of the moment that a row with these results counts from, "" for the case's opening."""
    return str(outputs.get("starts") or plan.promises.starts)


def sooner(plan: Plan, several: Sequence[Vow], start: datetime) -> tuple[datetime, Vow]:
    """Return the one of several vows of a kind that counts, after when it is due: soonest, latest or first."""
    due = [(due_of(plan, each, start), each) for each in several]
    match plan.promises.when_several:
        case "latest":
            return max(due, key=lambda each: each[0])
        case "first":
            return due[0]
        case _:
            return min(due, key=lambda each: each[0])


def due_of(plan: Plan, vow: Vow, start: datetime) -> datetime:
    """Return when the vow is due for a case whose clock starts at `start`; aware, UTC. Raises NeverOpens."""
    return _due(plan, start if vow.begins is None else vow.begins, vow.span, vow.clock).astimezone(UTC)


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


def owed_by(case: Case, vow: Vow, due: datetime) -> Owed:
    """Return what a row owes to the case by `due`, with its because."""
    exact = vow.span.family is Family.EXACT
    because = case.because(
        vow.clause,
        vow.row.name,
        "B_owed" if isinstance(vow.outputs.get("within"), Span | Range) and not vow.span.is_zero else "B_owed_said",
        args={"promise": vow.kind, "within": vow.within},
        facts=case.mattered(vow.row, ()),
        law=str(vow.outputs.get("law", "")),
    )
    return Owed(
        vow.kind,
        due,
        because,
        clock=vow.runs_on,
        every_minutes=vow.every_minutes,
        minutes=vow.span.amount // MINUTE if exact else None,
        how_sure=str(vow.outputs.get("how_sure") or case.plan.promises.how_sure or "surely"),
    )


def _span(outputs: Mapping[str, Any]) -> tuple[Span | None, Span | None]:
    """Return how long there is, and how long between repeats; the later bound of a range counts."""
    within, every = outputs.get("within"), _every(outputs)
    if isinstance(within, Every):
        return (within.span, within.span) if is_promisable(within) else (None, None)
    return longest(within) or every, every


def _every(outputs: Mapping[str, Any]) -> Span | None:
    match outputs.get("every"):
        case Every(span=span) | (Span() as span) if is_promisable(Every(span)):
            return span
        case _:
            return None


def _begins(case: Case, path: str) -> tuple[bool, datetime | date | None]:
    """Return whether it is known when a promise begins, and the moment or day, None for the case's opening."""
    if path in OPENING:
        return True, None
    term = begins_term(case.plan, path)
    if term is not None:
        value = case.values.get(term)
        return isinstance(value, date), value if isinstance(value, date) else None
    return path.startswith(("case.", "claim.")), None


def begins_term(plan: Plan, path: str) -> str | None:
    """Return the term that says when a promise begins, None for the opening and for what no term says."""
    if path in OPENING:
        return None
    return next((name for name, clause in plan.terms.items() if path in (clause.source, name)), None)


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
    return WorkingDays(around_the_clock(plan.zone))
