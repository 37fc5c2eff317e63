"""What the interface takes and gives; the OpenAPI document is made of it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

from tantam.desk.api.body import Told
from tantam.desk.cases.said import MOST_CHARACTERS, SUBJECT
from tantam.desk.common.fields import MOST_PLAN_NAME
from tantam.desk.customers.models import MOST_CONTACT, MOST_NAME, Purpose
from tantam.desk.plans.answers import ShownAnswer
from tantam.history.events import DESK

FactText = str | int | float | bool
Address = Literal["", "anh", "chi", "ong", "ba", "quy_khach", "herr", "frau", "neutral"]  # customers.address.ADDRESSES


class AgreedIn(Told):
    """What the customer said yes to on your form."""

    purpose: Purpose = Field(description="What for: service, survey, marketing, recording or small_things.")
    channel: str = Field("", max_length=MOST_PLAN_NAME, description="A channel of the plan; empty for all.")
    note: str = Field("", max_length=300, description="Where, and in what words they were asked.")


class CaseIn(Told):
    """A concern. With a purchase number, the contact proves the purchase if it is the buyer's."""

    name: str = Field(min_length=1, max_length=MOST_NAME, description="What to call the customer.")
    contact: str = Field(min_length=3, max_length=MOST_CONTACT, description="Mail address or telephone number.")
    body: str = Field(min_length=1, max_length=MOST_CHARACTERS, description="The customer's own words.")
    subject: str = Field("", max_length=SUBJECT, description="Empty takes the first line of the body.")
    language: str = Field("", description="vi, de or en; empty takes the company's own.")
    topic: str = Field("", max_length=MOST_PLAN_NAME, description="A topic of the plan.")
    purchase_number: str = Field("", max_length=40)
    policy: str = Field("", max_length=MOST_PLAN_NAME, description="A policy of the plan, for a claim under it.")
    facts: dict[str, FactText] = Field(
        default_factory=dict, description="What the customer told, by term, as the plan writes it: 12 days."
    )
    address: Address = Field("", description="How the customer wants to be addressed; empty if they did not say.")
    agreed: list[AgreedIn] = Field(default_factory=list, max_length=20)


class PromiseOut(Schema):
    """What is owed, by when, and why."""

    kind: str
    due: datetime | None
    state: str
    because: str
    clause: str


class ChoiceOut(Schema):
    """What the customer may choose instead. amount, within: "" where it has none."""

    outcome: str
    headline: str
    amount: str
    within: str


class AnswerOut(Schema):
    """The policy's answer with its reason. instead: what the plan lets the customer choose instead."""

    outcome: str
    headline: str
    because: str
    clause: str
    version: str
    amount: str
    within: str
    conditional: str
    say: list[str]
    instead: list[ChoiceOut]

    @classmethod
    def of(cls, words: ShownAnswer) -> AnswerOut:
        """Return what is shown of an answer."""
        fields = {each: getattr(words, each) for each in cls.model_fields}
        others = [ChoiceOut(**{name: getattr(each, name) for name in ChoiceOut.model_fields}) for each in words.instead]
        return cls(**fields | {"say": list(words.say), "instead": others})


class CaseOut(Schema):
    """The case that was opened. link: the customer's private page. proved: whether the purchase is.

    files: where files that belong to it are sent, for an hour.
    """

    reference: str
    link: str
    files: str
    language: str
    proved: bool
    promises: list[PromiseOut]
    answer: AnswerOut | None


class MeasuresAsked(Told):
    """Over which time, and of which cases."""

    stretch: str = Field("", description="week, month, quarter or year up to now; empty is a quarter.")
    since: str = Field("", max_length=40, description="First day, as 2026-03-31, in the company's zone.")
    until: str = Field("", max_length=40, description="Last day, counted too.")
    group: str = Field("", max_length=200, description="A customer group; - for none, ? where it is not known.")
    stage: str = Field("", max_length=200)
    channel: str = Field("", max_length=200)
    level: str = Field("", max_length=200, description="Whose case it was when it counted.")
    person: str = Field("", max_length=200, description="An id of a colleague; - for nobody.")
    provider: str = Field("", max_length=200, description="A provider of the plan; - for the house's own people.")
    policy: str = Field("", max_length=200, description="A policy claimed in the case.")
    clause: str = Field("", max_length=200, description="A clause of the plan.")
    version: str = Field("", max_length=200, description="The number of a plan version.")
    source: str = Field(DESK, max_length=200, description="desk, an imported log, or empty for all together.")


class StretchOut(Schema):
    """since: its first instant. until: the first instant that no longer counts."""

    since: datetime
    until: datetime


class WeekOut(Schema):
    """One week. since: its first instant. value: null where nothing was counted."""

    since: datetime
    n: int
    value: float | None


class SliceOut(Schema):
    """One part of a measure. key: a name of the plan, an id, - for none, ? if not known. Else as the measure."""

    key: str
    n: int
    hits: int
    unknown: int
    value: float | None
    low: float | None
    high: float | None


class MeasureOut(Schema):
    """A measure. value: a share of 1, or minutes (a median), by `unit`; null for a `reason`. low, high: 95 % interval.

    n: how many were counted, of which `hits` made the share; unknown: of how many more it is not known.
    before, before_n: the stretch of the same length before. alarmed: whether the plan's alarm would ring.
    """

    name: str
    label: str
    words: str
    unit: str
    direction: str
    stretch: StretchOut
    n: int
    hits: int
    unknown: int
    value: float | None
    low: float | None
    high: float | None
    reason: str
    before: float | None
    before_n: int
    alarmed: bool
    weeks: list[WeekOut]
    slices: list[SliceOut] = []


class MeasuresOut(Schema):
    """Every measure of the plan in force."""

    measures: list[MeasureOut]


class FieldError(Schema):
    """What is wrong with one field, and what is allowed."""

    field: str
    message: str


class Error(Schema):
    """Why nothing was done. code: stable. fields: what to change, for 422."""

    code: str
    message: str
    fields: list[FieldError] = []
