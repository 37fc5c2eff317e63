"""Checks that of those who serve for the company each has work of its own, and that somebody looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tantam.plan.checks.described import NOTE, WARNING, Check, finding
from tantam.plan.checks.hours.week import named, without
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.clauses_people import Provider
from tantam.plan.sections.plan import Plan
from tantam.plan.tables.types import OneOf

_SCOPES = ("topics", "channels", "groups", "levels")


def check_watched(plan: Plan) -> Iterator[Finding]:
    """Yield K190 for two whose work is the same, K191 for others' work that nobody samples.

    K192 for independent ones judged by nothing, K193 for own people without hours of their own, K194 for those who are
    no program and yet are told who approves what a program writes; K195 for work that no case is: a value of `only`
    that its term never has.
    """
    for one, other in combinations(plan.providers.values(), 2):
        if shared := _shared(plan, one, other):
            args = {"one": one.name, "other": other.name, "shared": shared}
            yield finding("K190", Severity.NOTE, other.place, f"providers.{other.name}", **args)
    for each in plan.providers.values():
        clause = f"providers.{each.name}"
        if each.drafts and each.kind != "ai":
            yield finding("K194", Severity.NOTE, each.place, f"{clause}.drafts", provider=each.name)
        for term, got in _never(plan, each):
            args = {"provider": each.name, "term": term, "got": got}
            yield finding("K195", Severity.WARNING, each.place, f"{clause}.only", **args)
        match each.kind:
            case "third_party" | "ai" if not each.sampled and each.share is None:
                yield finding("K191", Severity.WARNING, each.place, clause, provider=each.name)
            case "independent" if not each.judged_by:
                yield finding("K192", Severity.WARNING, each.place, clause, provider=each.name)
            case "in_house" if each.hours_a_week is None and not each.hours:
                yield finding("K193", Severity.NOTE, each.place, clause, provider=each.name)


def _shared(plan: Plan, one: Provider, other: Provider) -> str:
    """Return what both serve, "" if they never meet. What a provider leaves open is no claim to everything.

    A program beside people is meant: it helps them.
    """
    if (one.kind == "ai") != (other.kind == "ai"):
        return ""
    common = []
    for scope in _SCOPES:
        mine, theirs = set(getattr(one, scope)), set(getattr(other, scope))
        if mine and theirs and not mine & theirs:
            return ""
        common += sorted(mine & theirs)
    for term in one.only.keys() & other.only.keys():
        if not set(one.only[term]) & set(other.only[term]):
            return ""
    if one.hours and other.hours:
        week = named(plan, one.hours)
        if without(week, named(plan, other.hours)) == week:
            return ""
    return ", ".join(common)


def _never(plan: Plan, provider: Provider) -> Iterator[tuple[str, str]]:
    """Yield each term with a value of it that it never has."""
    for term, values in provider.only.items():
        kind = plan.terms[term].type
        if isinstance(kind, OneOf):
            yield from ((term, each) for each in values if each not in kind.values)


CHECK = Check(
    {"K190": NOTE, "K191": WARNING, "K192": WARNING, "K193": NOTE, "K194": NOTE, "K195": WARNING}, check_watched
)
