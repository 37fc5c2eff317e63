"""Answers that the company has published already: the clauses of the plan in force that fit what somebody asks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from tantam.desk.plans import RunningPlan
from tantam.desk.plans.looking_up import passages
from tantam.desk.plans.topics import topics
from tantam.desk.portal.choices import choice_of
from tantam.desk.search.matching import Excerpt
from tantam.desk.search.shelf import ENOUGH, Shelf, Text

MOST = 12
OFFERED = 3  # while somebody writes
FORMS = 3
OF_A_CONCERN = 0.35
LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: href leads to the clause, chapter says where in the plan it stands."""

    href: str
    chapter: str
    title: Excerpt
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class FittingForm:
    """A form for what somebody seems to want."""

    href: str
    label: str


def answers(plan: RunningPlan, lang: str, asked: str) -> tuple[Found, ...]:
    """Return what the plan says about it, the best first; nothing for less than a few letters."""
    return _found(plan, lang, asked, MOST, ENOUGH)


def offers(plan: RunningPlan, lang: str, written: str) -> tuple[Found, ...]:
    """Return the few that fit a concern that is being written; its many words need not all be there."""
    return _found(plan, lang, written, OFFERED, OF_A_CONCERN)


def fitting_forms(plan: RunningPlan, lang: str, asked: str) -> tuple[FittingForm, ...]:
    """Return the forms whose topic is called like what is asked."""
    if len(asked.strip()) < LEAST_LETTERS:
        return ()
    named = {each.name or each.policy: each for each in topics(plan, lang)}
    found = (named[hit.text.key] for hit in _topics_shelf(plan, lang).ask(asked, FORMS))
    return tuple(
        FittingForm(f"{reverse('portal:help', args=[choice_of(each)])}?topic={each.name or each.policy}", each.label)
        for each in found
    )


def _found(plan: RunningPlan, lang: str, asked: str, most: int, enough: float) -> tuple[Found, ...]:
    if len(asked.strip()) < LEAST_LETTERS:
        return ()
    chapters = {each.anchor: each.chapter for each in passages(plan, lang)}
    page = reverse("portal:plan")
    return tuple(
        Found(f"{page}#{hit.text.key}", chapters[hit.text.key], hit.title, hit.excerpt)
        for hit in _shelf(plan, lang).ask(asked, most, enough=enough)
    )


@lru_cache(maxsize=16)
def _shelf(plan: RunningPlan, lang: str) -> Shelf:
    return Shelf.of([Text(each.title, each.words, each.anchor) for each in passages(plan, lang)])


@lru_cache(maxsize=16)
def _topics_shelf(plan: RunningPlan, lang: str) -> Shelf:
    return Shelf.of([Text(each.label, "", each.name or each.policy) for each in topics(plan, lang)])
