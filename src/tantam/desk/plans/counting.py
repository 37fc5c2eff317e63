"""Why a promise is due when it is: the open time that its clock counted, as a sentence made when somebody looks."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from tantam.desk.plans.running import RunningPlan
from tantam.plan import run
from tantam.plan.run.cells import cell_value
from tantam.plan.tables.types import Duration
from tantam.plan.tables.values import Family, Span, longest

SECONDS_A_MINUTE = 60


class Promised(Protocol):
    """What is known of a promise: the hours it runs on ("" for none), when it was made and is due, what is stored."""

    @property
    def clock(self) -> str: ...
    @property
    def made_at(self) -> datetime: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def because(self) -> dict[str, Any]: ...


def counted(plan: RunningPlan, promise: Promised, lang: str) -> str:
    """Return the stretches counted: `Counted Fri 13:00-18:00, Mon 08:00-11:00; not Sat-Sun (closed).`

    "" for days and calendar time, for what ran without a break, and where the clock stood still in between.
    plan: the version that made the promise.
    """
    span = _span(plan, promise.because)
    if not promise.clock or promise.clock not in plan.hours() or span is None or span.family is not Family.EXACT:
        return ""
    minutes = plan.minutes_left(promise.clock, promise.made_at, promise.due_at)
    if minutes != span.amount // SECONDS_A_MINUTE:
        return ""
    return run.why_in_time(plan.plan, promise.clock, start=promise.made_at, within=span, lang=lang)


def _span(plan: RunningPlan, because: dict[str, Any]) -> Span | None:
    """Return the time that was promised."""
    within = because.get("args", {}).get("within")
    return longest(cell_value(plan.plan, str(within), Duration(None))) if within else None
