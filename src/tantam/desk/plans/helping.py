"""What helps where the plan says no, or until somebody is there: first aid by topic, and who may decide otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from tantam.desk.plans import limits
from tantam.desk.plans.running import RunningPlan


def first_aid(plan: RunningPlan, topic: str, lang: str) -> str:
    """Return what helps with a topic until somebody is there, "" where the plan says nothing of it."""
    clause = plan.plan.topics.get(topic)
    return plan.word(clause.first_aid, lang) if clause else ""


def instead(plan: RunningPlan, topic: str, lang: str) -> tuple[str, ...]:
    """Return what is done instead of what is declined: the limit's own words, then first aid; never nothing.

    Where the plan says neither, a colleague looks for another way: who is told no has somebody to turn to.
    """
    rule = limits.met_by(plan, topic)
    said = tuple(plan.text(each, lang) for each in rule.instead) if rule else ()
    aid = first_aid(plan, topic, lang)
    found = (*said, aid) if aid else said
    if found:
        return found
    with override(lang):
        return (_("Tell us what you need it for. A colleague looks with you for another way, at no cost."),)


def above(plan: RunningPlan, level: str, lang: str) -> str:
    """Return who decides next if the customer asks, as people call that level; "" where nobody stands above."""
    higher = plan.next_level(level, "asked")
    return plan.level_label(higher, lang) if higher else ""


def beyond(plan: RunningPlan, level: str, lang: str) -> tuple[str, str]:
    """Return what people call a level above which nobody stands, and where one may turn beyond it; else "" and "".

    The second is "" where the plan says nothing of it.
    """
    if level not in plan.plan.levels or plan.next_level(level, "asked"):
        return "", ""
    return plan.level_label(level, lang), plan.word(plan.plan.levels[level].beyond, lang)


def provable(plan: RunningPlan, terms: Iterable[str]) -> tuple[str, ...]:
    """Return those of the terms that a photo or paper would prove (`proof`), in their order."""
    clauses = plan.plan.terms
    return tuple(each for each in terms if each in clauses and clauses[each].proof)
