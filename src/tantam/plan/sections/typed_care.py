"""Profile, surveys, knowledge, courtesy, quality forms and topics, typed: every name found."""

from __future__ import annotations

import re
from typing import Any

from tantam.plan.sections.care import WHOLE
from tantam.plan.sections.care import Article as WrittenArticle
from tantam.plan.sections.care import Question as WrittenQuestion
from tantam.plan.sections.care import Survey as WrittenSurvey
from tantam.plan.sections.clauses_care import (
    Article,
    Courtesy,
    Knowledge,
    QualityForm,
    QualityItem,
    Question,
    Survey,
    Topic,
    TopicCare,
    Trait,
)
from tantam.plan.sections.draft import Path
from tantam.plan.sections.events import EVENTS
from tantam.plan.sections.loose import each_line, lines_by_language
from tantam.plan.sections.teller import Teller, share_of
from tantam.plan.sections.told import Told
from tantam.plan.sections.typed_terms import STAGES
from tantam.plan.tables.checking import check
from tantam.plan.tables.expressions import parse
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.types import YesNo

SURVEYS = ("csat", "ces", "nps", "needs", "product")
QUESTIONS = ("csat", "ces", "nps", "need", "choice", "text")
_AT_MOST = re.compile(r"^\s*(\d{1,6})\s+(?:per|a|an)\s+(\w+)\s*$")


def build_profile(teller: Teller, told: Told) -> dict[str, Trait]:
    """Return who the customers are, trait by trait."""
    built = {}
    for name, each in (told.profile or {}).items():
        path: Path = ("profile",) if name == WHOLE and not teller.has(("profile", name)) else ("profile", name)
        shares = []
        for cell, written in (each.expected or {}).items():
            share = teller.share(written, (*path, "expected", cell))
            shares += [(cell, share)] if share is not None else []
        term = teller.name("term", each.term, teller.known.terms, (*path, "term"))
        words = teller.words(each.words, each.about, each.label)
        built[name] = Trait(name, teller.place(*path), words, term, tuple(shares))
    return built


def build_surveys(teller: Teller, told: Told) -> dict[str, Survey]:
    """Return what customers are asked, and when."""
    return {name: _survey(teller, name, each) for name, each in (told.surveys or {}).items()}


def _survey(teller: Teller, name: str, each: WrittenSurvey) -> Survey:
    known, path = teller.known, ("surveys", name)
    said = _AT_MOST.match(each.at_most) if isinstance(each.at_most, str) else None
    return Survey(
        name,
        teller.place(*path),
        label=teller.words(each.label, each.name),
        kind=teller.choice(each.kind, SURVEYS, (*path, "kind")),
        questions=tuple(_questions(teller, each, path)),
        event=event_of(teller, each.event, (*path, "event")),
        after=teller.span(each.after, (*path, "after")),
        channels=teller.names("channel", each.channels, known.channels, (*path, "channels")),
        groups=teller.names("group", each.groups, known.groups, (*path, "groups")),
        stages=teller.names("stage", each.stages, STAGES, (*path, "stages")),
        at_most=teller.words(each.at_most),
        most=int(said[1]) if said else None,
        per=said[2] if said else "",
        only_if=teller.words(each.only_if),
        condition=_condition(teller, each.only_if, (*path, "only_if")),
    )


def _questions(teller: Teller, each: WrittenSurvey, path: Path) -> list[Question]:
    found = []
    if each.ask or each.answers:
        kind = each.kind if each.kind in QUESTIONS else None
        short = WrittenQuestion.model_construct(
            kind=kind,
            **{key: getattr(each, key) for key in ("ask", "need", "answers", "scale", "follow_up_below")},
        )
        found.append(_question(teller, "", short, path))
    for name, one in (each.questions or {}).items():
        found.append(_question(teller, name, one, (*path, "questions", name)))
    return found


def _question(teller: Teller, name: str, each: WrittenQuestion, path: Path) -> Question:
    return Question(
        name or "ask",
        teller.place(*(path if name else (*path, "ask"))),
        words=teller.words(each.ask, each.words),
        kind=teller.choice(each.kind, QUESTIONS, (*path, "kind")),
        need=teller.name("need", each.need, teller.known.needs, (*path, "need")),
        answers=each_line(each.answers, teller.draft.languages),
        scale=teller.scale(each.scale, (*path, "scale")),
        only_if=each.only_if or "",
        follow_up_below=teller.whole(each.follow_up_below, (*path, "follow_up_below")),
    )


def event_of(teller: Teller, got: str | None, path: Path) -> str:
    """Return an event as written; one that nobody sends is noted."""
    if got and got not in EVENTS:
        teller.note("K206", path, name=got[:40], allowed=", ".join(EVENTS))
    return got or ""


def _condition(teller: Teller, got: Any, path: Path) -> Expr | None:
    """Return the condition if it is one over the plan's terms; otherwise it stays words."""
    if not isinstance(got, str):
        return None
    tree, _ = parse(got, teller.place(*path))
    if tree is None:
        return None
    checked, wrong = check(tree, teller.draft.scope, YesNo())
    return None if wrong else checked


def build_knowledge(teller: Teller, told: Told) -> Knowledge:
    """Return what is written down, by whom, and how often it is looked at again."""
    each, path = told.knowledge, ("knowledge",)
    if each is None:
        return Knowledge()
    listed = [("articles", name, one) for name, one in (each.articles or {}).items()]
    listed += [("first_articles", name, one) for name, one in (each.first_articles or {}).items()]
    topics = {}
    for topic, care in (each.topics or {}).items():
        at = (*path, "topics", topic)
        if teller.name("topic", topic, teller.known.topics, at):
            owner = teller.person(care.owner, (*at, "owner"))
            topics[topic] = TopicCare(topic, teller.place(*at), owner, teller.span(care.review, (*at, "review")))
    return Knowledge(
        teller.place(*path),
        owner=teller.person(each.owner, (*path, "owner")),
        review=teller.span(each.review, (*path, "review")),
        written=teller.words(each.written, each.about),
        articles=tuple(_article(teller, name, one, (*path, section, name)) for section, name, one in listed),
        topics=topics,
    )


def _article(teller: Teller, name: str, each: WrittenArticle, path: Path) -> Article:
    known = teller.known
    return Article(
        name,
        teller.place(*path),
        title=teller.words(each.title, each.label),
        topics=teller.names("topic", each.topics, known.topics, (*path, "topics")),
        policies=teller.names("policy", each.policies, known.policies, (*path, "policies")),
        levels=teller.names("level", each.levels, known.levels, (*path, "levels")),
    )


def build_courtesy(teller: Teller, told: Told) -> Courtesy:
    """Return how customers are spoken to."""
    each = told.courtesy
    if each is None:
        return Courtesy()
    return Courtesy(
        teller.place("courtesy"),
        tone=teller.words(each.tone, each.about),
        greet=teller.words(each.greet),
        close=teller.words(each.close),
        thanks=teller.words(each.thanks),
        never=lines_by_language(each.never, teller.draft.languages),
        checks=tuple(each.checks or ()),
    )


def build_quality(teller: Teller, told: Told) -> dict[str, QualityForm]:
    """Return how conversations are reviewed."""
    built = {}
    for name, each in (told.quality or {}).items():
        path: Path = ("quality", name)
        items = []
        for key, one in (each.items or {}).items():
            at = (*path, "items", key)
            weight = teller.number(one.weight, (*at, "weight"))
            words = teller.words(one.words)
            items.append(
                QualityItem(key, teller.place(*at), words, 1.0 if weight is None else weight, bool(one.critical))
            )
        built[name] = QualityForm(
            name,
            teller.place(*path),
            label=teller.words(each.label, each.name, each.about),
            items=tuple(items),
            sample=share_of(each.sample) if each.sample else None,
            sample_written=each.sample or "",
        )
    return built


def build_topics(teller: Teller, told: Told) -> dict[str, Topic]:
    """Return what customers come for, and who answers for it."""
    known, built = teller.known, {}
    for name, each in (told.topics or {}).items():
        path: Path = ("topics", name)
        teller.name("topic", name, known.topics, path)
        built[name] = Topic(
            name,
            teller.place(*path),
            label=teller.words(each.label, each.name),
            policy=teller.name("policy", each.policy, known.policies, (*path, "policy")),
            level=teller.name("level", each.level, known.levels, (*path, "level")),
            owner=teller.person(each.owner, (*path, "owner")),
            first_aid=teller.words(each.first_aid),
            sheet=each.sheet or "",
        )
    return built
