"""Who the customers are and how they are cared for, as written: profile, surveys, knowledge, courtesy, topics."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from tantam.plan.sections.loose import TWO_LETTERS, Lines, Loose, Several, Word, Words, named

WHOLE = "customers"  # the name of the one trait of a profile that is a text


class Trait(Loose):
    """One trait of the customers, in words; with a term and expected shares where it can be counted."""

    short: ClassVar[str] = "words"

    words: Words = None
    label: Words = None
    about: Words = None
    term: Word = None
    expected: dict[str, Word] | None = None


class Question(Loose):
    """One question of a survey."""

    short: ClassVar[str] = "ask"

    ask: Words = None
    words: Words = None
    kind: Word = None
    need: Word = None
    answers: Lines | None = None
    scale: Word = None
    only_if: Word = None
    follow_up_below: Word = None


class Survey(Loose):
    """What customers are asked, of whom, and when; with one question its keys may stand here."""

    short: ClassVar[str] = "ask"

    label: Words = None
    name: Words = None
    about: Words = None
    kind: Word = None
    ask: Words = None
    need: Word = None
    answers: Lines | None = None
    scale: Word = None
    follow_up_below: Word = None
    questions: Annotated[dict[str, Question] | None, named(Question)] = None
    event: Word = None
    after: Word = None
    channels: Several = None
    groups: Several = None
    stages: Several = None
    at_most: Words = None
    only_if: Words = None


class Article(Loose):
    """Something written down."""

    short: ClassVar[str] = "title"

    title: Words = None
    label: Words = None
    topics: Several = None
    policies: Several = None
    levels: Several = None


class TopicCare(Loose):
    """Who looks after what is known of a topic, and how often it is looked at again."""

    short: ClassVar[str] = "owner"

    owner: Word = None
    review: Word = None


class Knowledge(Loose):
    """What is written down, by whom, and how often it is looked at again."""

    short: ClassVar[str] = "written"

    owner: Word = None
    review: Word = None
    written: Words = None
    about: Words = None
    articles: Annotated[dict[str, Article] | None, named(Article)] = None
    first_articles: Annotated[dict[str, Article] | None, named(Article)] = None
    topics: Annotated[dict[str, TopicCare] | None, named(TopicCare)] = None


class Quiet(Loose):
    """The hours in which nobody is written to unasked, what goes out all the same, and how long a writer is awake."""

    short: ClassVar[str] = "hours"

    hours: Word = None
    but: Several = None
    awake: Word = None


class Courtesy(Loose):
    """How customers are spoken to, and when not."""

    short: ClassVar[str] = "tone"

    tone: Words = None
    greet: Words = None
    close: Words = None
    thanks: Words = None
    never: Lines | None = None
    checks: Several = None
    quiet: Quiet | None = None
    about: Words = None


class QualityItem(Loose):
    """One line of a review form."""

    short: ClassVar[str] = "words"

    words: Words = None
    weight: Word = None
    critical: bool | None = None


class QualityForm(Loose):
    """How conversations are reviewed."""

    label: Words = None
    name: Words = None
    about: Words = None
    items: Annotated[dict[str, QualityItem] | None, named(QualityItem)] = None
    sample: Word = None
    by: Word = None
    within: Word = None
    pass_mark: Word = None
    four_eyes: bool | None = None


class Topic(Loose):
    """What customers come for: who answers for it, by which policy, and what helps until then."""

    short: ClassVar[str] = "label"

    label: Words = None
    name: Words = None
    policy: Word = None
    level: Word = None
    owner: Word = None
    first_aid: Words = None
    sheet: Word = None
    about: Words = None


def _profile(got: Any) -> Any:
    """A profile that is one text is one trait."""
    whole = isinstance(got, str) or (isinstance(got, dict) and bool(got) and all(map(TWO_LETTERS.match, map(str, got))))
    return {WHOLE: {"words": got}} if whole else got


Profile = Annotated[
    dict[str, Trait] | None,
    named(Trait),
    BeforeValidator(_profile, json_schema_input_type=dict[str, Trait] | list[Trait] | str | None),
]
Surveys = Annotated[dict[str, Survey] | None, named(Survey)]
Quality = Annotated[dict[str, QualityForm] | None, named(QualityForm)]
Topics = Annotated[dict[str, Topic] | None, named(Topic)]
