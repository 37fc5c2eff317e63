"""Who serves on the company's behalf, and what belongs to whom, as the plan says."""

from __future__ import annotations

from dataclasses import dataclass

from tantam.desk.plans.running import RunningPlan
from tantam.plan.sections.clauses_people import Provider

IN_HOUSE = "in_house"


@dataclass(frozen=True, slots=True)
class Served:
    """What a case is, as far as a provider's scope asks; "" matches none that is named."""

    topic: str
    channel: str
    level: str


def provider_of(plan: RunningPlan, case: Served) -> str:
    """Return the name of the provider whose scope the case is in, "" for the house's own.

    A provider's topics, channels and levels must each contain what the case is, where it names any; of several the
    one that names the most counts, then the earlier. One that names nothing is given nothing by itself.
    """
    best, found = 0, ""
    for name, each in plan.plan.providers.items():
        weight = _names(each, case)
        if weight > best:
            best, found = weight, "" if each.kind == IN_HOUSE else name
    return found


def _names(provider: Provider, case: Served) -> int:
    """Return how many of the three the provider names; 0 if one of them does not contain what the case is."""
    asked = ((provider.topics, case.topic), (provider.channels, case.channel), (provider.levels, case.level))
    named = [(listed, got) for listed, got in asked if listed]
    return len(named) if all(got in listed for listed, got in named) else 0
