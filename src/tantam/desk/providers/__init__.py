"""Who serves for the company, its own people and others: the plan says for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tantam.desk.plans import RunningPlan

__all__ = ["serving"]


def serving(plan: RunningPlan, topic: str, channel: str, level: str) -> str:
    """Return the name of the provider whose scope this is in, "" for the house's own people. No query."""
    from tantam.desk.plans.providers import Served, provider_of

    return provider_of(plan, Served(topic, channel, level))
