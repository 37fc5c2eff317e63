"""Which groups a customer is in, and how each is cared for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from tantam.plan.run.answers import Care
from tantam.plan.run.facts import Given

if TYPE_CHECKING:
    from tantam.plan.sections import Plan


def groups_of(plan: Plan, facts: Given, *, now: datetime) -> tuple[str, ...]:
    """Return the names of the groups whose condition holds, in the plan's order; an unknown condition does not hold."""
    raise NotImplementedError


def care(plan: Plan, groups: Iterable[str]) -> tuple[Care, ...]:
    """Return how to care for a customer of these groups, in the plan's order; groups without care give nothing."""
    raise NotImplementedError
