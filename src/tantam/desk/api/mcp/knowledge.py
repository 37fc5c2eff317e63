"""The tool that looks something up in what customers may read of the plan."""

from __future__ import annotations

from pydantic import Field

from tantam.desk.api.body import Told
from tantam.desk.api.mcp.calling import Answer, Calling, reading
from tantam.desk.plans.passages import Passage, passages
from tantam.desk.search.matching import match
from tantam.desk.search.query import Query, read

MOST_FOUND = 6
MOST_WORDS = 2_000  # characters of one passage


class KnowledgeAsked(Told):
    """What is looked for."""

    query: str = Field(min_length=1, max_length=300, description="A few words, as a customer would say them.")
    language: str = Field("", max_length=5, description="vi, de or en; empty takes the language of the request.")


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
    lang = asked.language if asked.language in plan.languages else calling.lang
    each_lang = dict.fromkeys((lang, *plan.languages))  # words of another language than was asked for find it, too
    tried = (find(asked.query, passages(plan, one)) for one in each_lang)
    found = next((one for one in tried if one), [])
    return Knowledge(
        version=plan.name,
        found=[FoundPassage(clause=each[0], title=each[1], words=each[2][:MOST_WORDS]) for each in found],
    )


def find(words: str, among: tuple[Passage, ...]) -> list[Passage]:
    """Return the passages that have the words, the best first: all of them, else as many as any has; by the title."""
    query = read(words)
    scored = [(_points(query, each), each) for each in among]
    best = sorted((each for each in scored if each[0][0]), key=lambda pair: pair[0], reverse=True)
    return [passage for points, passage in best[:MOST_FOUND] if 2 * points[0] >= best[0][0][0]]


def _points(query: Query, passage: Passage) -> tuple[int, int]:
    """Return how many of the words it has, and how many of them in its title."""
    _address, title, words = passage
    alone = [Query((term,)) for term in query.wanted]
    named = [match(each, title) is not None for each in alone]
    return sum(name or match(each, words) is not None for name, each in zip(named, alone)), sum(named)
