"""The typed clauses about who serves: sites, teams, shifts, duties, courses, providers, departments, recognition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tantam.plan.errors import Place
from tantam.plan.sections.bounds import Bound
from tantam.plan.sections.clauses import Words
from tantam.plan.tables.values import Span


@dataclass(frozen=True, slots=True)
class Site:
    """A place of work. zone: IANA name, the company's unless written. hours: the name of its hours, or ""."""

    name: str
    place: Place
    label: Words = field(default_factory=dict)
    zone: str = ""
    address: Words = field(default_factory=dict)
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """People who work together. Empty levels, languages, channels or topics: unsaid. people: how many, if said."""

    name: str
    place: Place
    label: Words = field(default_factory=dict)
    site: str = ""
    levels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody is there. hours: the name of its hours; people: how many at a time, at least 0.

    levels, languages and channels are the team's where the shift writes none.
    """

    name: str
    place: Place
    label: Words = field(default_factory=dict)
    team: str = ""
    hours: str = ""
    people: int = 1
    levels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that somebody sees to. who: levels or teams. hours: the name of its hours, or ""."""

    name: str
    place: Place
    words: Words = field(default_factory=dict)
    who: tuple[str, ...] = ()
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """What staff learn. who: levels. lasts: its length. again: after how long it is repeated, None if on an event;
    again_on: that event in words. quiz: questions asked at its end. pass_mark: the share 0..1 that must be right."""

    name: str
    place: Place
    label: Words = field(default_factory=dict)
    about: Words = field(default_factory=dict)
    who: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    lasts: Span | None = None
    again: Span | None = None
    again_on: Words = field(default_factory=dict)
    quiz: int = 0
    pass_mark: float | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """Who serves on our behalf. kind: in_house, third_party, independent, ai, or "".

    only: by term, the values that a case of theirs has, such as the product lines and the regions that they serve.
    hours_a_week: of people who do nothing else. hours: the name of its hours. sampled: what of its work is looked at,
    as written; share: the same of 1. judged_by: measures. stop: by measure, the bound beyond which it serves no more.
    drafts: what a program writes to customers goes out as it is (`free`) or once a person approves it (`approval`);
    "" where the plan does not say, which is approval.
    """

    name: str
    place: Place
    kind: str = ""
    label: Words = field(default_factory=dict)
    scope: Words = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hours_a_week: float | None = None
    hours: str = ""
    sampled: str = ""
    share: float | None = None
    drafts: str = ""
    judged_by: tuple[str, ...] = ()
    stop: Mapping[str, Bound] = field(default_factory=dict)
    alarm: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deliverable:
    """What one department owes others. to: departments or levels; within: once asked; every: unasked, so often;
    on: the name of the hours that both are counted in, or ""."""

    name: str
    place: Place
    to: tuple[str, ...] = ()
    what: Words = field(default_factory=dict)
    within: Span | None = None
    every: Span | None = None
    on: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """An internal customer and what it owes. stakeholder: it is only owed (owners, a works council)."""

    name: str
    place: Place
    label: Words = field(default_factory=dict)
    owes: tuple[Deliverable, ...] = ()
    people: int | None = None
    stakeholder: bool = False


@dataclass(frozen=True, slots=True)
class Recognition:
    """What good service brings those who give it. measure with bound: when. target: the bound as written.

    who: levels or teams, () for all. gives: what they get. per: month, quarter, …, or "".
    """

    name: str
    place: Place
    words: Words = field(default_factory=dict)
    measure: str = ""
    target: str = ""
    bound: Bound | None = None
    who: tuple[str, ...] = ()
    gives: Words = field(default_factory=dict)
    per: str = ""
