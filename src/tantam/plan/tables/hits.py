"""What the rows that hold come to: which of them count, in which order, and what their results add up to.

Method: docs/algorithms/tables.md. Knows neither how the rows were found nor what their results are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any


class Hit(StrEnum):
    """Which of the rows that hold count, and in which order: the policies of DMN 1.5, and the soonest of promises."""

    UNIQUE = "unique"
    ANY = "any"
    PRIORITY = "priority"
    FIRST = "first"
    RULE_ORDER = "rule_order"
    OUTPUT_ORDER = "output_order"
    COLLECT = "collect"
    SOONEST = "soonest"

    @property
    def single(self) -> bool:
        """Whether one row counts, the uppermost that holds; of the others all do."""
        return self in (Hit.UNIQUE, Hit.ANY, Hit.PRIORITY, Hit.FIRST)

    @property
    def hides(self) -> bool:
        """Whether rows are meant to overlap, and a row takes the case from those after it."""
        return self in (Hit.PRIORITY, Hit.FIRST)

    @property
    def gathers(self) -> bool:
        """Whether the answer is a list of what all rows that hold give."""
        return self in (Hit.RULE_ORDER, Hit.OUTPUT_ORDER, Hit.COLLECT)

    @property
    def ranks(self) -> bool:
        """Whether rows count in the order of their results instead of the one they are written in."""
        return self in (Hit.PRIORITY, Hit.OUTPUT_ORDER)


class Total(StrEnum):
    """What `collect` makes of the results of the rows that hold: the `+ < > #` of DMN."""

    SUM = "sum"
    SMALLEST = "smallest"
    LARGEST = "largest"
    COUNT = "count"


def in_order(hit: Hit, found: Iterable[int], rank: Callable[[int], Any]) -> list[int]:
    """Return the rows that hold in the order they count. rank: the place of a row's results, the smallest foremost.

    Rows of one rank stay as they are; it is asked only where the policy ranks."""
    return sorted(found, key=rank) if hit.ranks else list(found)


def total_of(total: Total, values: Sequence[Any]) -> Any:
    """Return what the results come to, None if there are none to add or compare; all of one type."""
    match total:
        case Total.COUNT:
            return len(values)
        case _ if not values:
            return None
        case Total.SUM:
            return sum(values[1:], values[0])
        case Total.SMALLEST:
            return min(values)
        case Total.LARGEST:
            return max(values)
