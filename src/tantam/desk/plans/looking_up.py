"""The published plan as words to look things up in: what customers may read of each clause, without any markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tantam.desk.plans.running import RunningPlan
from tantam.plan.publish.contents import paper
from tantam.plan.publish.html import anchor
from tantam.plan.publish.markdown import markdown
from tantam.plan.publish.paper import Audience, Block, Clause, Figure, Grid, Lead, Note, Points, Prose

NO_ANSWERS = ("goals", "review", "definitions")  # chapters by which the company is judged; they answer no concern


@dataclass(frozen=True, slots=True)
class Passage:
    """One clause. chapter, title: as the page says them. words: one line a sentence, point or row.

    anchor: its place on the page of the plan. address: the clause's.
    """

    chapter: str
    title: str
    words: str
    anchor: str
    address: str


@lru_cache(maxsize=16)
def passages(plan: RunningPlan, lang: str) -> tuple[Passage, ...]:
    """Return every clause that customers may read and that may answer them, in the paper's order.

    lang: of the plan's.
    """
    sheet = paper(plan.plan, lang, Audience.CUSTOMER)
    return tuple(
        Passage(part.title, clause.title, "\n".join(_lines(clause)), anchor(clause.address), clause.address)
        for part in sheet.parts
        if part.key not in NO_ANSWERS
        for clause in part.all_clauses
    )


@lru_cache(maxsize=16)
def whole(plan: RunningPlan, lang: str) -> str:
    """Return the plan as customers read it, as Markdown. lang: of the plan's."""
    return markdown(paper(plan.plan, lang, Audience.CUSTOMER))


def _lines(clause: Clause) -> Iterator[str]:
    for block in clause.blocks:
        yield from _said(block)


def _said(block: Block) -> Iterator[str]:
    match block:
        case Lead(words) | Prose(words) | Note(words):
            yield words
        case Points(items):
            yield from (f"{each.name}: {each.words}" if each.name else each.words for each in items)
        case Grid(lines=lines):
            for line in lines:
                said = (" ".join((each.words, *each.below)) for each in line.cells if not each.open)
                yield " · ".join(each for each in said if each not in ("", "–"))
        case Figure(flow):
            yield from (each.does for each in flow.steps if each.does)
