"""The tool that looks something up in what customers may read of the plan."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from tantam.desk.api.body import Told
from tantam.desk.api.mcp.calling import Answer, Calling, reading
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.looking_up import passages
from tantam.desk.search.shelf import Shelf, Text

MOST_FOUND = 6
MOST_WORDS = 2_000  # characters of one passage
ENOUGH = 0.35  # of what is asked, a passage has: models ask in whole sentences


class KnowledgeAsked(Told):
    """What is looked for."""

    query: str = Field(min_length=1, max_length=300, description="A few words, as a customer would say them.")
    language: str = Field("", max_length=5, description="vi, de or en: the customer's, tried first.")


class FoundPassage(Answer):
    """A clause that customers may read."""

    clause: str
    title: str
    words: str


class Knowledge(Answer):
    """What was found, the best first; version is the plan's."""

    version: str
    found: list[FoundPassage]


@reading("Search what we promise")
def search_knowledge(calling: Calling, asked: KnowledgeAsked) -> Knowledge:
    """Search what the company tells its customers: promises, policies, limits, hours and answers to usual questions.
    Call it before you state anything about the company. Quote the clause of what you use. If nothing is found, say so
    and call hand_over; do not guess.
    """
    plan = calling.plan
    langs = dict.fromkeys((asked.language, calling.lang, *plan.languages))  # whatever they speak, the best counts
    tried = [_shelf(plan, lang).ask(asked.query, MOST_FOUND, enough=ENOUGH) for lang in langs if lang in plan.languages]
    found = max(tried, key=lambda hits: hits[0].score if hits else 0)
    return Knowledge(
        version=plan.name,
        found=[
            FoundPassage(clause=hit.text.key, title=hit.text.title, words=hit.text.words[:MOST_WORDS]) for hit in found
        ],
    )


@lru_cache(maxsize=16)
def _shelf(plan: RunningPlan, lang: str) -> Shelf:
    return Shelf.of([Text(each.title, each.words, each.address) for each in passages(plan, lang)])
