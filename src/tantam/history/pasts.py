"""Turns the relation `event` into the past cases that a plan is replayed over: one pass, case by case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from tantam.plan.whatif import PastCase


class Past(Protocol):
    """Whatever answers SQL over the relation `event` (history.past.Past does)."""

    def rows(self, sql: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return the rows that the query gives."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases. since, until: of their opening, aware, [since, until), None for no bound. source: "" for all.

    asked: {source: terms} that were looked for when its cases were opened; for the desk, the terms of its plan.
    """

    since: datetime | None = None
    until: datetime | None = None
    source: str = ""
    asked: Mapping[str, frozenset[str]] = field(default_factory=dict)


def past_cases(past: Past, wanted: Wanted = Wanted()) -> Iterator[PastCase]:  # noqa: B008
    """Yield the cases, by key. What happened to them after `until` counts: they are whole."""
    raise NotImplementedError


def ends(past: Past, source: str = "") -> datetime | None:
    """Return the last instant that history tells of, aware, None if it tells nothing."""
    raise NotImplementedError


Progress = Callable[[int], None]
