"""Who serves a case: the provider whose scope says so most narrowly, while its hours are open; else the house."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tantam.plan.calendars import is_open
from tantam.plan.sections import Plan
from tantam.plan.sections.clauses_people import Provider

IN_HOUSE = "in_house"
PROGRAM = "ai"


@dataclass(frozen=True, slots=True)
class Served:
    """What a case is, as far as a provider's scope asks; "" matches none that is named.

    groups: those of its customer. values: what is known of it, by term, as text.
    """

    topic: str
    channel: str
    level: str
    groups: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


def serving(plan: Plan, case: Served, now: datetime, *, without: Collection[str] = ()) -> str:
    """Return the name of the provider whose scope the case is in and who is there at `now`, "" for the house's own.

    A provider's topics, levels, groups, channels and what it serves `only` must each contain what the case is, where it
    names any; what is not known of a case is not in it. Of several, the one that says most narrowly goes first: by
    `only`, then topics, levels, groups, channels; then the earlier. One that names nothing is given nothing by itself.
    A program stands beside people and takes no case from them. now: aware. without: who takes nothing new.
    """
    best, found = 0, ""
    for name, each in plan.providers.items():
        if each.kind == PROGRAM or name in without or not _there(plan, each, now):
            continue
        weight = _weight(each, case)
        if weight > best:
            best, found = weight, "" if each.kind == IN_HOUSE else name
    return found


def asked_of(plan: Plan) -> tuple[str, ...]:
    """Return the terms by which the plan's providers are told apart."""
    return tuple(dict.fromkeys(term for each in plan.providers.values() for term in each.only))


def _there(plan: Plan, provider: Provider, now: datetime) -> bool:
    """Whether a provider is there; the house always is: its own hours are its shifts'."""
    return provider.kind == IN_HOUSE or not provider.hours or is_open(plan.clock(provider.hours), now)


def _weight(provider: Provider, case: Served) -> int:
    """Return how narrowly the provider's scope says that this is theirs; 0 if it does not."""
    asked = (
        (8, provider.topics, (case.topic,)),
        (4, provider.levels, (case.level,)),
        (2, provider.groups, case.groups),
        (1, provider.channels, (case.channel,)),
    )
    named = [(weight, listed, got) for weight, listed, got in asked if listed]
    named += [(16, listed, (case.values.get(term, ""),)) for term, listed in provider.only.items()]
    return sum(each[0] for each in named) if all(set(got) & set(listed) for _, listed, got in named) else 0
