"""What the company wants to reach with its customers, and how it will know."""

from __future__ import annotations

from typing import ClassVar, Literal

from tantam.plan.sections.base import Names, Raw, Section, Text, Value
from tantam.plan.sections.policies import Stage


class Need(Section):
    """Something customers need, or a pain of theirs, with its weight."""

    short: ClassVar[str] = "words"

    label: Text | None = None
    name: Text | None = None
    words: Text | None = None
    importance: Raw = None
    weight: Raw = None
    priority: Raw = None
    groups: Names | None = None
    pain: Raw = None
    about: Text | None = None
    ask: Text | None = None
    measure: Value | None = None
    stage: Stage | None = None
    kind: Value = ""


class Goal(Section):
    """An aim for a group at a stage: which measure shall reach what by when."""

    aim: Text
    group: Names | None = None
    stage: Raw = None
    measure: Value
    target: Value
    date: Value | None = None
    by: Value | None = None
    label: Text | None = None
    name: Text | None = None
    owner: Value | None = None
    level: Value | None = None
    weight: Raw = None
    about: Text | None = None
    baseline: Value | None = None


class Measure(Section):
    """How something is counted: its words, unit, direction, clock, what is left out, and its alarm."""

    short: ClassVar[str] = "words"

    label: Text | None = None
    name: Text | None = None
    words: Text | None = None
    about: Text | None = None
    unit: Value | None = None
    direction: Literal["up", "down", "higher", "lower", "more", "less"] | None = None
    clock: Value | None = None
    exclusions: Names | None = None
    excludes: Names | None = None
    alarm: Value | None = None
    of: Value | None = None
    counts: Value | None = None
    promise: Value | None = None
    within: Value | None = None
    topics: Names | None = None
    outcomes: Names | None = None


class Review(Section):
    """When the plan itself is reviewed, by whom, and what calls for it earlier."""

    cadence: Value | None = None
    every: Value | None = None
    owners: Raw = None
    owner: Value | None = None
    triggers: Raw = None
    about: Text | None = None
    next: Value | None = None
    approves: Names | None = None
    packet: Raw = None
    amendments: Raw = None
