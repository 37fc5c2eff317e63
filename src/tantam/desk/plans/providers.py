"""Who serves on the company's behalf, and what belongs to whom, as the plan says."""

from __future__ import annotations

from dataclasses import dataclass

from tantam.desk.plans.care import channels
from tantam.desk.plans.running import RunningPlan
from tantam.plan.sections.clauses_people import Provider

IN_HOUSE = "in_house"
PROGRAM = "ai"


@dataclass(frozen=True, slots=True)
class Described:
    """A provider as a page shows it. queues: the values of a case's provider that are theirs."""

    name: str
    kind: str
    label: str
    scope: str
    topics: tuple[str, ...]
    channels: tuple[str, ...]
    levels: tuple[str, ...]
    sampled: str
    judged_by: tuple[str, ...]
    alarm: str

    @property
    def queues(self) -> tuple[str, ...]:
        """A case of the house's own people names no provider."""
        return (self.name, "") if self.kind == IN_HOUSE else (self.name,)


@dataclass(frozen=True, slots=True)
class Served:
    """What a case is, as far as a provider's scope asks; "" matches none that is named."""

    topic: str
    channel: str
    level: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a program may serve, by the plan's names; of what names nothing, nothing is its own.

    free: what it writes goes out as it is, else a person approves it. clause: where the plan says so.
    """

    topics: tuple[str, ...]
    channels: tuple[str, ...]
    levels: tuple[str, ...]
    free: bool
    clause: str

    def admits_topic(self, topic: str) -> bool:
        """Whether it serves this topic; one that names none serves them all."""
        return not self.topics or topic in self.topics


def scope_of(plan: RunningPlan, name: str) -> Scope | None:
    """Return the scope of the program that the plan names so, None if it names none."""
    each = plan.plan.providers.get(name)
    if each is None or each.kind != PROGRAM:
        return None
    return Scope(each.topics, each.channels, each.levels, each.drafts == "free", f"providers.{name}.drafts")


def programs(plan: RunningPlan, lang: str) -> tuple[tuple[str, str], ...]:
    """Return the plan's programs that serve customers: each one's name, and what people call it."""
    return tuple((each.name, each.label) for each in described(plan, lang) if each.kind == PROGRAM)


def provider_of(plan: RunningPlan, case: Served) -> str:
    """Return the name of the provider whose scope the case is in, "" for the house's own.

    A provider's topics, levels and channels must each contain what the case is, where it names any. Of several, one
    that names topics goes before one that names levels, and that before channels alone; then the earlier. One that
    names nothing is given nothing by itself. A program stands beside people and takes no case from them.
    """
    best, found = 0, ""
    for name, each in plan.plan.providers.items():
        if each.kind == PROGRAM:
            continue
        weight = _weight(each, case)
        if weight > best:
            best, found = weight, "" if each.kind == IN_HOUSE else name
    return found


def _weight(provider: Provider, case: Served) -> int:
    """Return how narrowly the provider's scope says that this is theirs; 0 if it does not."""
    asked = ((4, provider.topics, case.topic), (2, provider.levels, case.level), (1, provider.channels, case.channel))
    named = [(weight, listed, got) for weight, listed, got in asked if listed]
    return sum(each[0] for each in named) if all(got in listed for _, listed, got in named) else 0


def described(plan: RunningPlan, lang: str) -> tuple[Described, ...]:
    """Return the plan's providers in words, in its order."""
    return tuple(_described(plan, each, lang) for each in plan.plan.providers.values())


def _described(plan: RunningPlan, each: Provider, lang: str) -> Described:
    named, topic = dict(channels(plan, lang)), "topic" in plan.plan.terms
    return Described(
        name=each.name,
        kind=each.kind,
        label=plan.called(each.name, each.label, lang),
        scope=plan.word(each.scope, lang),
        topics=tuple(plan.label("topic", one, lang) if topic else one for one in each.topics),
        channels=tuple(named.get(one, one) for one in each.channels),
        levels=tuple(plan.level_label(one, lang) for one in each.levels),
        sampled=each.sampled,
        judged_by=tuple(plan.measure_label(one, lang) or one.replace("_", " ") for one in each.judged_by),
        alarm=plan.word(each.alarm, lang),
    )
