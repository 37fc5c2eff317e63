"""What a reader raises for something that becomes no message of a case."""

from __future__ import annotations

from collections.abc import Mapping

from tantam.desk.arrivals.models import Problem


class Odd(Exception):
    """problem: why it becomes no message. because: what spoke for that, as codes and words; see Arrival."""

    def __init__(self, problem: Problem, because: Mapping[str, object] | None = None) -> None:
        super().__init__(problem)
        self.problem, self.because = problem, dict(because or {})
