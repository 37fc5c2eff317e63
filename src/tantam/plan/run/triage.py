"""Where a case belongs: its stage, how severe it is, and which level takes it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tantam.plan.run.answers import Triage
from tantam.plan.run.facts import Given

if TYPE_CHECKING:
    from tantam.plan.sections import Plan


def triage(plan: Plan, facts: Given, *, now: datetime) -> Triage:
    """Return stage, severity and level of a case with these facts; the plan's defaults where no row matches."""
    raise NotImplementedError
