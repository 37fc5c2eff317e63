"""Where an expression runs: the names it sees, and the run it is part of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tantam.plan.dmn.feel.trouble import Trouble
from tantam.plan.dmn.feel.types import Types

MOST_STEPS = 2_000_000  # turns of loops and calls in one run
MOST_NOTES = 100
DEEPEST_CALLS = 500  # functions that call each other; Python itself may allow fewer


@dataclass(slots=True)
class Run:
    """One question to a model. now: what now() and today() say.

    notes: what became null (a code) and where. fired: the tables asked."""

    now: datetime
    types: Types
    steps: int = 0
    calls: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)
    fired: list[Any] = field(default_factory=list)

    def step(self, count: int = 1) -> None:
        """Count turns. Raises Trouble beyond MOST_STEPS."""
        self.steps += count
        if self.steps > MOST_STEPS:
            raise Trouble("D15", limit=MOST_STEPS)

    def note(self, code: str, where: str) -> None:
        """Remember that something became null, and why; of very many the first."""
        if len(self.notes) < MOST_NOTES:
            self.notes.append((code, where))

    def fire(self, fired: Any) -> None:
        """Remember which rules of a table counted; of very many the first."""
        if len(self.fired) < MOST_NOTES:
            self.fired.append(fired)


class Frame:
    """Names with their values; what is not here is looked up outside."""

    __slots__ = ("names", "outer", "run")

    def __init__(self, names: Mapping[str, Any], outer: Frame | None, run: Run) -> None:
        self.names = names
        self.outer = outer
        self.run = run

    def within(self, names: Mapping[str, Any]) -> Frame:
        """Return an inner frame."""
        return Frame(names, self, self.run)

    def value(self, name: str) -> Any:
        """Return the name's value, None if nothing has it."""
        frame: Frame | None = self
        while frame is not None:
            if name in frame.names:
                return frame.names[name]
            frame = frame.outer
        return None


Step = Callable[[Frame], Any]
