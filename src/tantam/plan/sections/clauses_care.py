"""The typed clauses about customers: who they are, what they are asked and told, how they are spoken to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tantam.plan.errors import Place
from tantam.plan.sections.clauses import Words
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.values import Amount, Span


@dataclass(frozen=True, slots=True)
class Trait:
    """One trait of the customers. term: where it can be counted. expected: cells of that term with shares 0..1."""

    name: str
    place: Place
    words: Words = field(default_factory=dict)
    term: str = ""
    expected: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a survey. kind: csat, ces, nps, need, choice, text, or "". need: which need it asks about.

    answers: to choose from, best first. scale: the lowest and the highest number. only_if: a condition on earlier
    answers, as written. follow_up_below: an answer on the scale below it calls for a follow-up.
    """

    name: str
    place: Place
    words: Words = field(default_factory=dict)
    kind: str = ""
    need: str = ""
    answers: tuple[Words, ...] = ()
    scale: tuple[int, int] | None = None
    only_if: str = ""
    follow_up_below: int | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """What customers are asked, and when. kind: csat, ces, nps, needs, product, or "".

    event: one of events.EVENTS, after: how long after it. at_most: as written; most and per: the same where it reads
    `1 per month`. only_if: in words; condition: the same where it is an expression over terms.
    """

    name: str
    place: Place
    label: Words = field(default_factory=dict)
    kind: str = ""
    questions: tuple[Question, ...] = ()
    event: str = ""
    after: Span | None = None
    channels: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    at_most: Words = field(default_factory=dict)
    most: int | None = None
    per: str = ""
    only_if: Words = field(default_factory=dict)
    condition: Expr | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """Something written down for customers or staff. levels: who reads it, () for everybody, customers too."""

    name: str
    place: Place
    title: Words = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicCare:
    """Who looks after what is known of a topic. review: how often; None as everywhere else."""

    topic: str
    place: Place
    owner: str = ""
    review: Span | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is written down, by whom, and how often it is looked at again. owner: a level or team."""

    place: Place = Place("", 1, 1)
    owner: str = ""
    review: Span | None = None
    written: Words = field(default_factory=dict)
    articles: tuple[Article, ...] = ()
    topics: Mapping[str, TopicCare] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quiet:
    """When nobody is written to unasked. hours: their name, by the clocks where the customer lives.

    but: severities that go out all the same. awake: so long after they wrote they are answered at once, None for the
    usual time (`run.unsaid`).
    """

    place: Place
    hours: str
    but: tuple[str, ...] = ()
    awake: Span | None = None


@dataclass(frozen=True, slots=True)
class Courtesy:
    """How customers are spoken to. never: by language, what nobody says. checks: what is looked for before sending.

    quiet: None where the plan has no quiet hours.
    """

    place: Place = Place("", 1, 1)
    tone: Words = field(default_factory=dict)
    greet: Words = field(default_factory=dict)
    close: Words = field(default_factory=dict)
    thanks: Words = field(default_factory=dict)
    never: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    checks: tuple[str, ...] = ()
    quiet: Quiet | None = None


@dataclass(frozen=True, slots=True)
class QualityItem:
    """One line of a review form. weight: against the others. critical: without it the whole is not good."""

    name: str
    place: Place
    words: Words = field(default_factory=dict)
    weight: float = 1.0
    critical: bool = False


@dataclass(frozen=True, slots=True)
class QualityForm:
    """How conversations are reviewed. sample: the share 0..1 that is; sample_written: as written.

    by: the level whose people review beside managers, or "". within: from the conversation's end, None unsaid.
    pass_mark: the share 0..1 of the points from which one is good, None unsaid. four_eyes: a second person looks, too.
    """

    name: str
    place: Place
    label: Words = field(default_factory=dict)
    items: tuple[QualityItem, ...] = ()
    sample: float | None = None
    sample_written: str = ""
    by: str = ""
    within: Span | None = None
    pass_mark: float | None = None
    four_eyes: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """What customers come for. policy, level, owner: who answers for it. first_aid: what helps until then."""

    name: str
    place: Place
    label: Words = field(default_factory=dict)
    policy: str = ""
    level: str = ""
    owner: str = ""
    first_aid: Words = field(default_factory=dict)
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long something about customers is kept. keep: None is for good. then: erase or anonymise.

    Of what somebody asks about their own data instead: answer, the time to answer it in, which says that this clause is
    such a one; extend, how much longer that may take with notice; proof, who must know them: contact or colleague.
    """

    name: str
    place: Place
    what: Words = field(default_factory=dict)
    keep: Span | None = None
    then: str = ""
    law: str = ""
    answer: Span | None = None
    extend: Span | None = None
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """What something costs. per: hour, case, exchange, …, as written."""

    name: str
    place: Place
    label: Words = field(default_factory=dict)
    amount: Amount | None = None
    per: str = ""


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A line of products with its own yardsticks. measures, goals: their names."""

    name: str
    place: Place
    label: Words = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sales:
    """What counts before the sale. None and {} are what the plan does not say.

    lost_because: reason to what it is called. lost_after: without a purchase, who bought before is a lost customer.
    won_back_within: who buys so soon after we followed them up is won back.
    """

    quotes_valid: Span | None = None
    lost_because: Mapping[str, Words] = field(default_factory=dict)
    lost_after: Span | None = None
    won_back_within: Span | None = None
