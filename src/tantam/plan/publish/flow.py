"""A procedure as steps in lanes, in one language: who does what, and what comes next under which condition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a step is."""

    TASK = "task"
    QUESTION = "question"
    CHOICE = "choice"
    PARALLEL = "parallel"
    WAIT = "wait"
    HAND_OVER = "hand_over"
    RUN = "run"
    END = "end"


@dataclass(frozen=True, slots=True)
class Way:
    """From a step to another. to: "" where the procedure ends. when: the condition in words, "" if it always follows.

    late: it is gone if time ran out. meets: the split whose ways wait for each other before `to`, "" if none.
    """

    to: str
    when: str = ""
    late: bool = False
    meets: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. lane: who, as a name. does: what is done, or the question; "" of a step that only splits.

    time: how long it may take, in words. waits: what it waits for before it begins, in words. runs: the procedure
    that it runs, or "". A step without ways ends the procedure.
    """

    name: str
    lane: str
    does: str
    ways: tuple[Way, ...] = ()
    kind: Kind = Kind.TASK
    time: str = ""
    waits: str = ""
    runs: str = ""

    @property
    def decides(self) -> bool:
        """Whether the ways out of it are answers."""
        return self.kind is Kind.CHOICE

    @property
    def times(self) -> tuple[str, ...]:
        """What it waits for and how long it may take, as far as it says."""
        return tuple(each for each in (self.waits, self.time) if each)


class At(StrEnum):
    """How a case stands to a step."""

    NOW = "now"
    WAITING = "waiting"
    DONE = "done"
    SKIPPED = "skipped"
    MISSED = "missed"


SIGNS: Mapping[At, str] = {At.NOW: "●", At.WAITING: "◌", At.DONE: "✓", At.SKIPPED: "–", At.MISSED: "!"}


@dataclass(frozen=True, slots=True)
class Trail:
    """A case's way through a procedure. at: by step. gone: (step, the one it went on to; "" for an end)."""

    at: Mapping[str, At] = field(default_factory=dict)
    gone: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Flow:
    """A procedure with its lanes ({name: label}, in order) and its steps, the first first.

    meetings: {split: the way on once its ways have met}. trail: of the case that is shown in it, None for none.
    """

    name: str
    title: str
    lanes: dict[str, str]
    steps: tuple[Step, ...]
    meetings: Mapping[str, Way] = field(default_factory=dict)
    trail: Trail | None = None

    @property
    def walked(self) -> str:
        """The class of a picture with a case in it, with a space before; "" without."""
        return " walked" if self.trail else ""

    def at(self, step: str) -> At | None:
        """Return how the case stands to a step, None if it has not come there, or no case is shown."""
        return self.trail.at.get(step) if self.trail else None

    def went(self, source: str, target: str) -> str:
        """Return the class of a way that the case has gone, with a space before; "" of any other."""
        return " gone" if self.trail and (source, target) in self.trail.gone else ""

    def step(self, name: str) -> Step | None:
        """Return a step, None if there is none of that name."""
        return next((each for each in self.steps if each.name == name), None)

    def position(self, name: str) -> int:
        """Return the step's number as people count, from 1; 0 if there is none."""
        return next((number for number, each in enumerate(self.steps, 1) if each.name == name), 0)


@dataclass(frozen=True, slots=True)
class Try:
    """One thing to try. when: the condition in words, "" for always. does: what to do, one after the other."""

    when: str
    does: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tries:
    """A troubleshooter in one language. goal: the term that must hold. nothing_left: who takes over, or ""."""

    name: str
    title: str
    goal: str
    tries: tuple[Try, ...]
    nothing_left: str = ""
