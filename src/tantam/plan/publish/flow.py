"""A procedure as steps in lanes: who does what, and what comes next under which condition."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """From a step to another. when: the condition in words, "" if it always follows."""

    to: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. lane: who, as a name. decides: it is a question that the ways out of it answer.

    does: what is done, or the question. time: how long it may take or what it waits for, in words.
    """

    name: str
    lane: str
    does: str
    ways: tuple[Way, ...] = ()
    decides: bool = False
    time: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """A procedure with its lanes ({name: label}, in order) and its steps, the first first."""

    name: str
    title: str
    lanes: dict[str, str]
    steps: tuple[Step, ...]

    def step(self, name: str) -> Step | None:
        """Return a step, None if there is none of that name."""
        return next((each for each in self.steps if each.name == name), None)

    def position(self, name: str) -> int:
        """Return the step's number as people count, from 1; 0 if there is none."""
        return next((number for number, each in enumerate(self.steps, 1) if each.name == name), 0)
