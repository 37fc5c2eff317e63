"""The clauses of a plan that somebody may look for by their words, each with its address."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from tantam.desk.plans.running import RunningPlan

Spoken = tuple[str, str, str]


@lru_cache(maxsize=16)
def in_words(plan: RunningPlan, lang: str) -> tuple[Spoken, ...]:
    """Return (address, name, further words) of policies, procedures, articles, groups and levels, in that order."""
    return tuple(_spoken(plan, lang))


def _spoken(plan: RunningPlan, lang: str) -> Iterator[Spoken]:
    of = plan.plan
    for name in plan.policies():
        yield f"policies.{name}", plan.policy_label(name, lang), plan.commitment(name, lang)
    for name, procedure in of.procedures.items():
        yield f"procedures.{name}", plan.word(procedure.label, lang), plan.word(procedure.about, lang)
    for article in of.knowledge.articles:
        yield f"knowledge.articles.{article.name}", plan.word(article.title, lang), ""
    for name in of.groups:
        yield f"groups.{name}", plan.group_label(name, lang), " ".join(_care(plan, name, lang))
    for name in plan.levels():
        yield f"levels.{name}", plan.level_label(name, lang), ""


def _care(plan: RunningPlan, group: str, lang: str) -> Iterator[str]:
    for each in plan.care((group,)):
        yield plan.word(each.words, lang)
