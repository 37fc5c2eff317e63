"""Stop a provider: it takes nothing new until a manager lets it serve again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tantam.desk.plans import RunningPlan
from tantam.desk.providers.models import Stop


@dataclass(frozen=True, slots=True)
class Found:
    """What stands against a provider: the measure, at `value` (a share of 1, or minutes) over n cases."""

    provider: str
    measure: str
    value: float
    n: int


def stop_provider(found: Found, plan: RunningPlan, now: datetime) -> Stop:
    """Return what stops the provider; one that is stopped stays so for what stopped it first. now: aware."""
    seen = {"measure": found.measure, "value": found.value, "n": found.n, "since": now, "plan_version": plan.row}
    return Stop.objects.get_or_create(provider=found.provider, lifted_at=None, defaults=seen)[0]
