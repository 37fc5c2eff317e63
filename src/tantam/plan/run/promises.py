"""What is owed to a customer by when, and what becomes of it while a clock is paused."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tantam.plan.run.answers import Owed
from tantam.plan.run.facts import Given

if TYPE_CHECKING:
    from tantam.plan.sections import Plan


def owed(plan: Plan, facts: Given, *, start: datetime) -> tuple[Owed, ...]:
    """Return the promises due to a case whose clock starts at `start` (aware), each kind matched alone, soonest due first.

    No row means that nothing is owed. A fact that a row needs and that is unknown leaves that row out.
    """
    raise NotImplementedError


def open_minutes_left(plan: Plan, clock: str, *, now: datetime, due: datetime) -> int:
    """Return the open minutes from `now` to `due` on `clock` ("" is calendar time), 0 if due has passed."""
    raise NotImplementedError


def due_again(plan: Plan, clock: str, *, now: datetime, minutes: int) -> datetime:
    """Return the instant when `minutes` open minutes have passed on `clock` from `now`; aware, UTC."""
    raise NotImplementedError
