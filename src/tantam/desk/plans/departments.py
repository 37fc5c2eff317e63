"""What the plan says that departments owe each other: once asked, or unasked and again and again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tantam.desk.plans.running import RunningPlan
from tantam.plan import run
from tantam.plan.calendars import CalendarSpan, add_calendar, is_open, next_change
from tantam.plan.sections.clauses_people import Deliverable
from tantam.plan.tables.values import Family, Span

FIRST_AT = time(17)  # of a day, where no hours say when it closes
MOST_TURNS = 10_000


@dataclass(frozen=True, slots=True)
class Owing:
    """What `department` owes, by its name in the plan. to: departments, levels or teams. recurring: owed unasked."""

    department: str
    name: str
    to: tuple[str, ...]
    recurring: bool

    @property
    def clause(self) -> str:
        """Where it stands in the plan."""
        return f"internal.{self.department}.{self.name}"


def owed(plan: RunningPlan) -> tuple[Owing, ...]:
    """Return everything that departments owe by a time, in the plan's order."""
    return tuple(_owing(department, each) for department, each in _all(plan) if each.within or each.every)


def asked(plan: RunningPlan) -> tuple[Owing, ...]:
    """Return what is owed once it is asked for."""
    return tuple(each for each in owed(plan) if not each.recurring)


def named(plan: RunningPlan, department: str, name: str) -> Owing | None:
    """Return what the department owes under this name; None if the plan has it no more."""
    return next((each for each in owed(plan) if (each.department, each.name) == (department, name)), None)


def what(plan: RunningPlan, clause: str, lang: str) -> str:
    """Return how a person calls what is owed by a clause of `internal`, "" for another clause."""
    for department, each in _all(plan):
        if _owing(department, each).clause == clause:
            return plan.word(each.what, lang)
    return ""


def within(plan: RunningPlan, owing: Owing, lang: str) -> str:
    """Return in what time it is owed, aloud; "" if only when it recurs is said."""
    span = _deliverable(plan, owing).within
    return run.aloud(span, lang) if span else ""


def due(plan: RunningPlan, owing: Owing, asked_at: datetime) -> datetime | None:
    """Return by when it is owed to who asks now; None for what is not owed on asking."""
    deliverable = _deliverable(plan, owing)
    return run.due_at(plan.plan, asked_at, deliverable.within, deliverable.on) if deliverable.within else None


def clock_of(plan: RunningPlan, owing: Owing) -> str:
    """Return the hours in which its time is counted, "" for calendar time."""
    deliverable = _deliverable(plan, owing)
    exact = deliverable.within is not None and deliverable.within.family is Family.EXACT
    return deliverable.on if exact else ""


def next_turn(plan: RunningPlan, owing: Owing, now: datetime, since: datetime) -> datetime | None:
    """Return when what recurs is due next after `now`, counted from `since`; None for what does not recur.

    Turns fall on the same local time, at the close of a working day; where its hours are closed then, as soon as they
    open again.
    """
    deliverable = _deliverable(plan, owing)
    if deliverable.every is None:
        return None
    zone = ZoneInfo(plan.timezone)
    first = datetime.combine(since.astimezone(zone).date(), FIRST_AT, zone)
    for turn in _turns(first, deliverable.every, zone):
        at = _when_open(plan, deliverable.on, turn)
        if at > now:
            return at
    return None


def _turns(first: datetime, every: Span, zone: ZoneInfo) -> Iterator[datetime]:
    for times in range(1, MOST_TURNS):
        if every.family is Family.EXACT:
            yield first + timedelta(seconds=every.amount * times)
        else:
            yield add_calendar(first, CalendarSpan(months=every.months * times, days=every.amount * times), zone)


def _when_open(plan: RunningPlan, hours: str, at: datetime) -> datetime:
    clock = plan.hours().get(hours)
    if clock is None or is_open(clock, at) or is_open(clock, at - timedelta(minutes=1)):
        return at.astimezone(UTC)
    return (next_change(clock, at) or at).astimezone(UTC)


def _all(plan: RunningPlan) -> Iterator[tuple[str, Deliverable]]:
    for name, department in plan.plan.departments.items():
        for each in department.owes:
            yield name, each


def _owing(department: str, each: Deliverable) -> Owing:
    return Owing(department, each.name, each.to, each.every is not None and each.within is None)


def _deliverable(plan: RunningPlan, owing: Owing) -> Deliverable:
    return next(each for name, each in _all(plan) if (name, each.name) == (owing.department, owing.name))


__all__ = ["Owing", "asked", "clock_of", "due", "named", "next_turn", "owed", "what", "within"]
