"""Whether somebody is there now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tantam.plan.run.answers import Openness

if TYPE_CHECKING:
    from tantam.plan.sections import Plan


def open_now(plan: Plan, hours: str, *, now: datetime) -> Openness:
    """Return whether the hours `hours` are open at `now` (aware), until when, or when next. Raises UnknownName."""
    raise NotImplementedError
