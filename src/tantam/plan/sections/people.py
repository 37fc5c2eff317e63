"""Who serves, as written: sites, teams, shifts, duties, courses, providers, departments, recognition."""

from __future__ import annotations

from typing import Annotated, ClassVar

from tantam.plan.sections.loose import Loose, Several, Word, Words, named


class Site(Loose):
    """A place of work with its own zone and hours."""

    short: ClassVar[str] = "label"

    label: Words = None
    name: Words = None
    zone: Word = None
    timezone: Word = None
    address: Words = None
    hours: Word = None
    about: Words = None


class Team(Loose):
    """People who work together: where, on which levels, in which languages, on which channels, for which topics."""

    short: ClassVar[str] = "label"

    label: Words = None
    name: Words = None
    site: Word = None
    levels: Several = None
    languages: Several = None
    channels: Several = None
    topics: Several = None
    people: Word = None
    about: Words = None


class Shift(Loose):
    """When how many of a team are there."""

    label: Words = None
    name: Words = None
    team: Word = None
    hours: Word = None
    people: Word = None
    levels: Several = None
    languages: Several = None
    channels: Several = None
    about: Words = None


class Duty(Loose):
    """Something that somebody sees to."""

    short: ClassVar[str] = "words"

    words: Words = None
    who: Several = None
    hours: Word = None


class Course(Loose):
    """What staff learn: who, about what, how long, how often again, and the quiz at its end."""

    short: ClassVar[str] = "about"

    label: Words = None
    name: Words = None
    about: Words = None
    words: Words = None
    who: Several = None
    levels: Several = None
    topics: Several = None
    policies: Several = None
    lasts: Word = None
    again: Words = None
    quiz: Word = None
    pass_mark: Word = None


class Provider(Loose):
    """Who serves on our behalf, and how it is looked after."""

    short: ClassVar[str] = "label"

    kind: Word = None
    label: Words = None
    name: Words = None
    scope: Words = None
    topics: Several = None
    channels: Several = None
    groups: Several = None
    levels: Several = None
    only: dict[str, Several] | None = None
    hours_a_week: Word = None
    hours: Word = None
    sampled: Word = None
    drafts: Word = None
    judged_by: Several = None
    stop: dict[str, Word] | None = None
    alarm: Words = None
    about: Words = None


class Deliverable(Loose):
    """What one department owes another."""

    short: ClassVar[str] = "what"

    to: Several = None
    what: Words = None
    words: Words = None
    within: Word = None
    every: Word = None
    on: Word = None
    measure: Word = None


class Department(Loose):
    """An internal customer, and what it owes the others."""

    short: ClassVar[str] = "label"

    label: Words = None
    name: Words = None
    owes: Annotated[dict[str, Deliverable] | None, named(Deliverable)] = None
    people: Word = None
    stakeholder: bool | None = None
    about: Words = None


class Recognition(Loose):
    """What good service brings those who give it."""

    short: ClassVar[str] = "words"

    words: Words = None
    about: Words = None
    measure: Word = None
    target: Word = None
    who: Several = None
    gives: Words = None
    per: Word = None


Sites = Annotated[dict[str, Site] | None, named(Site)]
Teams = Annotated[dict[str, Team] | None, named(Team)]
Shifts = Annotated[dict[str, Shift] | None, named(Shift)]
Duties = Annotated[dict[str, Duty] | None, named(Duty)]
Training = Annotated[dict[str, Course] | None, named(Course)]
Providers = Annotated[dict[str, Provider] | None, named(Provider)]
Internal = Annotated[dict[str, Department] | None, named(Department)]
Recognitions = Annotated[dict[str, Recognition] | None, named(Recognition)]
