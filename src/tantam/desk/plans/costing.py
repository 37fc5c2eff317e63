"""What serving customers costs by the plan's `costs`, as the desk asks it."""

from __future__ import annotations

from tantam.desk.common.money import Money
from tantam.desk.plans.running import RunningPlan
from tantam.plan.run.costing import Served, cost


def cost_of(plan: RunningPlan, served: Served) -> Money | None:
    """Return what serving them came to; None where the plan says no cost of a case or an hour."""
    found = cost(plan.plan, served)
    return Money(found.minor, found.currency) if found else None


__all__ = ["Served", "cost_of"]
