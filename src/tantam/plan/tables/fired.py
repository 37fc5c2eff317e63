"""What a table answers for one case, and what an expression is there: values, what to ask next, what they rest on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

from tantam.plan.tables.form import Row


class Ruling(NamedTuple):
    """The row that fires and its results by output."""

    row: Row
    outputs: Mapping[str, Any]


class Fired(Protocol):
    """What a table answers, whichever way it was found."""

    @property
    def fixed(self) -> bool:
        """Whether it is known that no fact can change the results of the row that counts."""

    @property
    def row(self) -> Row | None:
        """The row that counts, None if none does."""

    @property
    def outputs(self) -> Mapping[str, Any]:
        """The results of the row that counts."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that fire; under unique and first the one that counts, then its overlaps.

        () if none does or a fact is to ask; under collect and soonest those already sure."""

    @property
    def results(self) -> tuple[Mapping[str, Any], ...]:
        """Outputs by column, one mapping a row that counts; an unknown or absent (`-`) output is not in it."""

    @property
    def unknown(self) -> str:
        """The term to ask next, "" if the rows stand."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The terms that outputs still lack, in the order of their columns."""

    @property
    def used(self) -> tuple[str, ...]:
        """The given terms that the answer rests on, in the order met."""


class FiredRows:
    """A `Fired` found row by row. trace: finds what it rests on, when somebody asks."""

    __slots__ = ("_trace", "missing", "results", "rows", "unknown")
    fixed = False

    def __init__(
        self,
        rows: tuple[Row, ...],
        results: tuple[Mapping[str, Any], ...],
        trace: Callable[[], tuple[str, ...]],
        *,
        unknown: str = "",
        missing: tuple[str, ...] = (),
    ) -> None:
        self.rows = rows
        self.results = results
        self.unknown = unknown
        self.missing = missing
        self._trace = trace

    @property
    def row(self) -> Row | None:
        return self.rows[0] if self.rows else None

    @property
    def outputs(self) -> Mapping[str, Any]:
        return self.results[0] if self.results else {}

    @property
    def used(self) -> tuple[str, ...]:
        return self._trace()

    def __repr__(self) -> str:
        return shown(self)


class Known:
    """What an expression is. value: None if unknown, then `unknown` is the term to ask next."""

    __slots__ = ("_trace", "unknown", "value")

    def __init__(self, value: Any, unknown: str, trace: Callable[[], tuple[str, ...]]) -> None:
        self.value = value
        self.unknown = unknown
        self._trace = trace

    @property
    def used(self) -> tuple[str, ...]:
        """The given terms that the value rests on."""
        return self._trace()

    def __repr__(self) -> str:
        return f"Known({self.value!r}, unknown={self.unknown!r})"


def shown(fired: Fired) -> str:
    """Return the answer as a developer wants to see it."""
    names = ", ".join(row.name for row in fired.rows)
    return f"Fired({names or '-'}, {dict(fired.outputs)!r}, unknown={fired.unknown!r})"
