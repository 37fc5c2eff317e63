"""Groups and profile as the desk asks the plan for them: who belongs where, why, and how a person reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tantam.desk.common import spoken
from tantam.desk.plans.running import Facts, RunningPlan
from tantam.plan import run
from tantam.plan.run import OTHERWISE, UNKNOWN, Belonging, Ground
from tantam.plan.run.fit import Fit, fit
from tantam.plan.tables.nodes import terms_in

_SIGNS = {">=": "≥", "<=": "≤", "!=": "≠"}


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group of the plan in one language. condition: whole, "" where people are put in it by hand."""

    name: str
    label: str
    condition: str
    care: str
    clause: str


@dataclass(frozen=True, slots=True)
class TraitShown:
    """A trait of the profile in one language. cells: (as written, as read, share 0..1), () where it only has words."""

    name: str
    label: str
    words: str
    term: str
    term_label: str
    cells: tuple[tuple[str, str, float], ...]
    clause: str


def belonging(plan: RunningPlan, facts: Facts, now: datetime) -> Belonging:
    """Return a customer's groups, each with why, and their cell of each trait. Raises UnknownName, BadFact."""
    return run.belonging(plan.plan, facts, now=now)


def group_names(plan: RunningPlan) -> tuple[str, ...]:
    """Return the names of the groups, in the plan's order."""
    return tuple(plan.plan.groups)


def groups(plan: RunningPlan, lang: str) -> tuple[GroupShown, ...]:
    """Return the groups, in the plan's order."""
    from tantam.plan.publish.speech import Speech  # what publishes is not loaded by whoever only works

    speech = Speech(plan.plan, lang)
    return tuple(
        GroupShown(
            name,
            plan.group_label(name, lang),
            speech.sentence(each.when) if each.when is not None else "",
            plan.word(each.care, lang),
            f"groups.{name}",
        )
        for name, each in plan.plan.groups.items()
    )


def traits(plan: RunningPlan, lang: str) -> tuple[TraitShown, ...]:
    """Return the traits of the profile, in the plan's order."""
    from tantam.plan.publish.speech import Speech

    speech = Speech(plan.plan, lang)
    return tuple(
        TraitShown(
            name,
            speech.known(f"profile_{name}") or speech.label(name),
            plan.word(each.words, lang),
            each.term,
            plan.term_label(each.term, lang) if each.term else "",
            tuple((cell, speech.asked(each.term, cell), share) for cell, share in each.expected) if each.term else (),
            f"profile.{name}",
        )
        for name, each in plan.plan.profile.items()
    )


def grounds_aloud(plan: RunningPlan, grounds: Iterable[Ground], lang: str) -> str:
    """Return why somebody is in a group, as a person reads it: `age 71 years ≥ 65 years`."""
    return ", ".join(_aloud(plan, each, lang) for each in grounds)


def _aloud(plan: RunningPlan, ground: Ground, lang: str) -> str:
    label = spoken.inside(plan.term_label(ground.term, lang))
    value = plan.label(ground.term, ground.value, lang)
    if not ground.op:
        return f"{label}: {value}"
    return f"{label} {value} {_SIGNS.get(ground.op, ground.op)} {plan.label(ground.term, ground.bound, lang)}"


def asked_of_people(plan: RunningPlan) -> tuple[str, ...]:
    """Return the terms that the profile and the groups rest on and that no other terms give.

    Which of them are on record is for the caller to know, by their paths.
    """
    found: dict[str, None] = {}
    for trait in run.countable(plan.plan):
        found |= dict.fromkeys(_given(plan, trait.term))
    for group in plan.plan.groups.values():
        for term in terms_in(group.when) if group.when is not None else ():
            found |= dict.fromkeys(_given(plan, term))
    return tuple(found)


def _given(plan: RunningPlan, term: str) -> tuple[str, ...]:
    """Return the terms with a value of their own that a term rests on."""
    clause = plan.plan.scope.terms.get(term)
    if clause is None or term not in plan.plan.terms:
        return ()
    if clause.computed is not None:
        return tuple(name for each in terms_in(clause.computed) if each != term for name in _given(plan, each))
    return () if clause.table is not None else (term,)


def path_of(plan: RunningPlan, term: str) -> str:
    """Return where a term's value stands on record, or that of the moment it counts from; "" for none."""
    clause = plan.plan.terms.get(term)
    return (clause.source or clause.since or "") if clause else ""


def question(plan: RunningPlan, term: str, lang: str) -> str:
    """Return how the customer is asked for a term, "" where the plan does not ask."""
    clause = plan.plan.terms.get(term)
    return plan.word(clause.ask, lang) if clause else ""


def stored(grounds: Iterable[Ground]) -> list[list[str]]:
    """Return grounds as a database keeps them: codes and fact texts."""
    return [[each.term, each.value, each.op, each.bound] for each in grounds]


def read_stored(kept: Iterable[Iterable[str]]) -> tuple[Ground, ...]:
    """Return grounds that were kept."""
    return tuple(Ground(*each) for each in kept)


__all__ = [
    "OTHERWISE",
    "UNKNOWN",
    "Belonging",
    "Fit",
    "Ground",
    "GroupShown",
    "TraitShown",
    "asked_of_people",
    "belonging",
    "fit",
    "grounds_aloud",
    "group_names",
    "groups",
    "path_of",
    "question",
    "read_stored",
    "stored",
    "traits",
]
