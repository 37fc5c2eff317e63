"""Who serves on the company's behalf, and what belongs to whom, as the plan says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tantam.desk.plans.care import channels
from tantam.desk.plans.running import RunningPlan
from tantam.plan.run.serving import IN_HOUSE, PROGRAM, Served, serving
from tantam.plan.run.serving import asked_of as terms_of_scopes
from tantam.plan.run.stopping import ENOUGH, Verdict, judged
from tantam.plan.sections.bounds import Bound
from tantam.plan.sections.clauses_people import Provider

QUALITY = "quality"  # the measure that history counts from reviews

if TYPE_CHECKING:
    from tantam.history.measures import Definition


@dataclass(frozen=True, slots=True)
class Described:
    """A provider as a page shows it. queues: the values of a case's provider that are theirs.

    only: terms with the values that a case of theirs has. hours: the name of theirs, "" for always.
    """

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
    only: tuple[tuple[str, str], ...] = ()
    hours: str = ""

    @property
    def queues(self) -> tuple[str, ...]:
        """A case of the house's own people names no provider."""
        return (self.name, "") if self.kind == IN_HOUSE else (self.name,)


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


def provider_of(plan: RunningPlan, case: Served, now: datetime, *, without: Collection[str] = ()) -> str:
    """Return the name of the provider whose scope the case is in and who is there, "" for the house's own.

    without: who takes nothing new.
    """
    return serving(plan.plan, case, now, without=without)


def asked_of(plan: RunningPlan) -> tuple[str, ...]:
    """Return the terms by which the plan's providers are told apart, such as the region."""
    return terms_of_scopes(plan.plan)


def outside(plan: RunningPlan, lang: str) -> tuple[tuple[str, str], ...]:
    """Return who may be given a case by hand, by name and in words: people who are not the house's own."""
    return tuple((each.name, each.label) for each in described(plan, lang) if each.kind not in (IN_HOUSE, PROGRAM))


@dataclass(frozen=True, slots=True)
class Watched:
    """A measure that may stop a provider. bound: the plan's. clause: where it stands. program: it is no people's."""

    provider: str
    measure: str
    bound: Bound
    clause: str
    program: bool = False

    def verdict(self, value: float | None, n: int) -> Verdict:
        """Return what the measure says of them: value of n cases."""
        return judged(self.bound, value, n)


def watched(plan: RunningPlan) -> tuple[Watched, ...]:
    """Return what may stop whom, in the plan's order.

    The house's own people are alarmed about, never stopped.
    """
    return tuple(
        Watched(name, measure, bound, f"providers.{name}.stop", program=each.kind == PROGRAM)
        for name, each in plan.plan.providers.items()
        if each.kind != IN_HOUSE
        for measure, bound in each.stop.items()
        if measure in plan.definitions
    )


def measures_of(plan: RunningPlan, name: str) -> tuple[Definition, ...]:
    """Return what a provider is judged by, its promises first: what the plan names, and what it stops them for.

    Of whose conversations some are looked at, how many were good, too.
    """
    each = plan.plan.providers[name]
    looked_at = (QUALITY,) if each.share and any(form.items for form in plan.plan.quality.values()) else ()
    names = dict.fromkeys(("promises_kept", *each.judged_by, *each.stop, *looked_at))
    return tuple(plan.definitions[one] for one in names if one in plan.definitions)


def called(plan: RunningPlan, name: str, lang: str) -> str:
    """Return what people call a provider; its name if the plan has none such, "" for ""."""
    each = plan.plan.providers.get(name)
    return plan.called(name, each.label, lang) if each else name.replace("_", " ")


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
        only=tuple((plan.term_label(term, lang), _values(plan, term, got, lang)) for term, got in each.only.items()),
        hours=each.hours,
    )


def _values(plan: RunningPlan, term: str, got: tuple[str, ...], lang: str) -> str:
    return ", ".join(plan.label(term, each, lang) for each in got)


__all__ = [
    "ENOUGH",
    "IN_HOUSE",
    "PROGRAM",
    "QUALITY",
    "Described",
    "Scope",
    "Served",
    "Verdict",
    "Watched",
    "asked_of",
    "called",
    "described",
    "measures_of",
    "outside",
    "programs",
    "provider_of",
    "scope_of",
    "watched",
]
