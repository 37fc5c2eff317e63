"""Profile, surveys, knowledge, courtesy, quality forms and topics, typed: every name found."""

from __future__ import annotations

import re
from typing import Any

from tantam.plan.sections.care import WHOLE
from tantam.plan.sections.care import Article as WrittenArticle
from tantam.plan.sections.care import QualityItem as WrittenItem
from tantam.plan.sections.care import Question as WrittenQuestion
from tantam.plan.sections.care import Quiet as WrittenQuiet
from tantam.plan.sections.care import Survey as WrittenSurvey
from tantam.plan.sections.clauses_care import (
    Article,
    Courtesy,
    Knowledge,
    QualityForm,
    QualityItem,
    Question,
    Quiet,
    Survey,
    Topic,
    TopicCare,
    Trait,
)
from tantam.plan.sections.events import EVENTS
from tantam.plan.sections.loose import each_line, lines_by_language
from tantam.plan.sections.teller import Teller, share_of
from tantam.plan.sections.told import Told
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
        key = () if name == WHOLE and not teller.has("profile", name) else (name,)
        here = teller.within("profile", *key)
        shares = []
        for cell, written in (each.expected or {}).items():
            share = here.share(written, "expected", cell)
            shares += [(cell, share)] if share is not None else []
        term = here.name("term", each.term, "term")
        words = here.words(each.words, each.about, each.label)
        built[name] = Trait(name, here.place(), words, term, tuple(shares))
    return built


def build_surveys(teller: Teller, told: Told) -> dict[str, Survey]:
    """Return what customers are asked, and when."""
    return {name: _survey(teller, name, each) for name, each in (told.surveys or {}).items()}


def _survey(teller: Teller, name: str, each: WrittenSurvey) -> Survey:
    here = teller.within("surveys", name)
    said = _AT_MOST.match(each.at_most) if isinstance(each.at_most, str) else None
    return Survey(
        name,
        here.place(),
        label=here.words(each.label, each.name),
        kind=here.choice(each.kind, SURVEYS, "kind"),
        questions=tuple(_questions(here, each)),
        event=event_of(here, each.event, "event"),
        after=here.span(each.after, "after"),
        channels=here.names("channel", each.channels, "channels"),
        groups=here.names("group", each.groups, "groups"),
        stages=here.names("stage", each.stages, "stages"),
        at_most=here.words(each.at_most),
        most=int(said[1]) if said else None,
        per=said[2] if said else "",
        only_if=here.words(each.only_if),
        condition=_condition(here, each.only_if, "only_if"),
    )


def _questions(teller: Teller, each: WrittenSurvey) -> list[Question]:
    found = []
    if each.ask or each.answers:
        kind = each.kind if each.kind in QUESTIONS else None
        short = WrittenQuestion.model_construct(
            kind=kind,
            **{key: getattr(each, key) for key in ("ask", "need", "answers", "scale", "follow_up_below")},
        )
        found.append(_question(teller, "", short))
    for name, one in (each.questions or {}).items():
        found.append(_question(teller.within("questions", name), name, one))
    return found


def _question(teller: Teller, name: str, each: WrittenQuestion) -> Question:
    return Question(
        name or "ask",
        teller.place(*(() if name else ("ask",))),
        words=teller.words(each.ask, each.words),
        kind=teller.choice(each.kind, QUESTIONS, "kind"),
        need=teller.name("need", each.need, "need"),
        answers=each_line(each.answers, teller.draft.languages),
        scale=teller.scale(each.scale, "scale"),
        only_if=each.only_if or "",
        follow_up_below=teller.whole(each.follow_up_below, "follow_up_below"),
    )


def event_of(teller: Teller, got: str | None, *key: str | int) -> str:
    """Return an event as written; one that nobody sends is noted."""
    if got and got not in EVENTS:
        teller.note("K206", *key, name=got[:40], allowed=", ".join(EVENTS))
    return got or ""


def _condition(teller: Teller, got: Any, key: str) -> Expr | None:
    """Return the condition if it is one over the plan's terms; otherwise it stays words."""
    if not isinstance(got, str):
        return None
    tree, _ = parse(got, teller.place(key))
    if tree is None:
        return None
    checked, wrong = check(tree, teller.draft.scope, YesNo())
    return None if wrong else checked


def build_knowledge(teller: Teller, told: Told) -> Knowledge:
    """Return what is written down, by whom, and how often it is looked at again."""
    each, here = told.knowledge, teller.within("knowledge")
    if each is None:
        return Knowledge()
    listed = [("articles", name, one) for name, one in (each.articles or {}).items()]
    listed += [("first_articles", name, one) for name, one in (each.first_articles or {}).items()]
    topics = {}
    for topic, care in (each.topics or {}).items():
        looked_after = here.within("topics", topic)
        if looked_after.name("topic", topic):
            owner, review = looked_after.person(care.owner, "owner"), looked_after.span(care.review, "review")
            topics[topic] = TopicCare(topic, looked_after.place(), owner, review)
    return Knowledge(
        here.place(),
        owner=here.person(each.owner, "owner"),
        review=here.span(each.review, "review"),
        written=here.words(each.written, each.about),
        articles=tuple(_article(here.within(section, name), name, one) for section, name, one in listed),
        topics=topics,
    )


def _article(teller: Teller, name: str, each: WrittenArticle) -> Article:
    return Article(
        name,
        teller.place(),
        title=teller.words(each.title, each.label),
        topics=teller.names("topic", each.topics, "topics"),
        policies=teller.names("policy", each.policies, "policies"),
        levels=teller.names("level", each.levels, "levels"),
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
        quiet=_quiet(teller.within("courtesy", "quiet"), each.quiet) if each.quiet else None,
    )


def _quiet(teller: Teller, each: WrittenQuiet) -> Quiet | None:
    """Return the quiet hours; without hours that the plan has there are none."""
    hours = teller.name("hours", each.hours, *(("hours",) if teller.has("hours") else ()))
    but, awake = teller.names("severity", each.but, "but"), teller.span(each.awake, "awake")
    return Quiet(teller.place(), hours, but, awake) if hours else None


def build_quality(teller: Teller, told: Told) -> dict[str, QualityForm]:
    """Return how conversations are reviewed."""
    built = {}
    for name, each in (told.quality or {}).items():
        here = teller.within("quality", name)
        built[name] = QualityForm(
            name,
            here.place(),
            label=here.words(each.label, each.name, each.about),
            items=tuple(_quality_item(here.within("items", key), key, one) for key, one in (each.items or {}).items()),
            sample=share_of(each.sample) if each.sample else None,
            sample_written=each.sample or "",
            by=here.name("level", each.by, "by"),
            within=here.span(each.within, "within"),
            pass_mark=here.share(each.pass_mark, "pass_mark"),
            four_eyes=bool(each.four_eyes),
        )
    return built


def _quality_item(teller: Teller, name: str, each: WrittenItem) -> QualityItem:
    weight = teller.number(each.weight, "weight")
    words = teller.words(each.words)
    return QualityItem(name, teller.place(), words, 1.0 if weight is None else weight, bool(each.critical))


def build_topics(teller: Teller, told: Told) -> dict[str, Topic]:
    """Return what customers come for, and who answers for it."""
    built = {}
    for name, each in (told.topics or {}).items():
        here = teller.within("topics", name)
        here.name("topic", name)
        built[name] = Topic(
            name,
            here.place(),
            label=here.words(each.label, each.name),
            policy=here.name("policy", each.policy, "policy"),
            level=here.name("level", each.level, "level"),
            owner=here.person(each.owner, "owner"),
            first_aid=here.words(each.first_aid),
            sheet=each.sheet or "",
        )
    return built
