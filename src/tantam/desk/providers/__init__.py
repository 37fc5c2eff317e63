"""Who serves for the company, its own people and others: the plan says for what, and when they are there."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tantam.desk.plans import RunningPlan
    from tantam.desk.plans.providers import Served

__all__ = ["serving"]


def serving(plan: RunningPlan, case: Served, now: datetime) -> str:
    """Return the name of the provider whose case this is at `now`, "" for the house's own people. One query.

    Who was stopped takes nothing new.
    """
    from tantam.desk.plans.providers import provider_of
    from tantam.desk.providers.stopping import stopped

    return provider_of(plan, case, now, without=stopped())
