"""When a step may begin, and when it is due: counted as the plan counts its promises."""

from __future__ import annotations

from datetime import UTC, datetime

from tantam.plan.errors import TantamError
from tantam.plan.run.promises import due_at
from tantam.plan.sections.clauses_procedures import Step
from tantam.plan.sections.plan import Plan
from tantam.plan.tables.values import Family, Span


def begins_at(plan: Plan, step: Step, since: datetime) -> datetime | None:
    """Return when a step that the work came to at `since` may be done; None while it waits for an event.

    Minutes and hours are open time on the clock of the promises; working days are working days; other days, weeks and
    months are those of the calendar. What never opens is not waited for.
    """
    waits = step.work.waits
    if waits is None:
        return since
    if waits.span is None:
        return None
    clock = plan.promises.clock if waits.span.family is Family.EXACT else ""
    return _after(plan, since, waits.span, clock) or since


def due_of(plan: Plan, step: Step, begins: datetime) -> datetime | None:
    """Return when a step that may be done from `begins` is due; None if it names no time, no length, or words.

    Counted as what an outcome promises: days on the clock of the promises are its days.
    """
    limit = step.work.within
    if limit is None or limit.span is None or limit.span.is_zero:
        return None
    return _after(plan, begins, limit.span, plan.promises.clock)


def _after(plan: Plan, start: datetime, span: Span, clock: str) -> datetime | None:
    """Return when a time is over, None where the clock never opens or the calendar ends."""
    try:
        return due_at(plan, start, span, clock).astimezone(UTC)
    except (TantamError, OverflowError):
        return None
