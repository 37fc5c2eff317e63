"""The published plan as text, for customers: whole, and clause by clause for who looks something up."""

from __future__ import annotations

from functools import lru_cache

from tantam.desk.plans.running import RunningPlan
from tantam.plan.publish.contents import paper
from tantam.plan.publish.markdown import markdown
from tantam.plan.publish.markdown import passages as passages_of
from tantam.plan.publish.paper import Audience

Passage = tuple[str, str, str]


@lru_cache(maxsize=16)
def passages(plan: RunningPlan, lang: str) -> tuple[Passage, ...]:
    """Return (address, title, words as Markdown) of every clause that customers may read, in the paper's order.

    lang: of the plan's. Raises UnknownName.
    """
    return tuple(passages_of(paper(plan.plan, lang, Audience.CUSTOMER)))


@lru_cache(maxsize=16)
def whole(plan: RunningPlan, lang: str) -> str:
    """Return the plan as customers read it, as Markdown. lang: of the plan's."""
    return markdown(paper(plan.plan, lang, Audience.CUSTOMER))
