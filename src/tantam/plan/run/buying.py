"""At which stage of buying a customer is, by when they bought last."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from tantam.plan.run.promises import due_at
from tantam.plan.run.unsaid import lost_after
from tantam.plan.sections import Plan


class Buying(StrEnum):
    """Whether somebody bought: not yet, lately, or long ago."""

    PROSPECT = "prospect"
    BUYER = "buyer"
    LOST = "lost"


def buying(plan: Plan, last_bought: datetime | None, *, now: datetime) -> Buying:
    """Return the stage of who bought last then, aware; None for who never did. Lost from the instant it is over."""
    if last_bought is None:
        return Buying.PROSPECT
    return Buying.BUYER if now < due_at(plan, last_bought, lost_after(plan), "") else Buying.LOST
