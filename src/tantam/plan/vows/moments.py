"""When something is promised for: the first time that a text names, in vi, de or en, as an instant of the company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tantam.plan.sections import Plan


@dataclass(frozen=True, slots=True)
class Moment:
    """start, end: where the text says it. due: aware, UTC. exact: an hour was named; else it is the plan's hours."""

    start: int
    end: int
    due: datetime
    exact: bool


def moment(text: str, lang: str, now: datetime, plan: Plan) -> Moment | None:
    """Return the first time after `now` (aware) that the text names, None if it names none."""
    return None
