"""What is asked of a table's space of cases, whoever searches it: gaps, overlaps, rows that never fire."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from tantam.plan.checks.case import Case
from tantam.plan.tables.table import Row

MOST_GAPS = 3


class Share(Enum):
    """What two rows that match one case have in common: all cases, all cases of one of them, or some of each."""

    ALL = auto()
    ONE_WHOLLY = auto()
    SOME = auto()


@dataclass(frozen=True, slots=True)
class Gap:
    """A case that no row answers, and in words all cases around it that none answers either."""

    case: Case
    box: str

    @property
    def text(self) -> str:
        """The case in one line."""
        return self.case.text

    @property
    def words(self) -> Mapping[str, str]:
        """What matters of the case, by given term."""
        return self.case.words


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rows that match one case. show: finds a case that both match."""

    first: Row
    second: Row
    share: Share
    show: Callable[[], Case]

    @property
    def case(self) -> Case:
        return self.show()


class Searched(Protocol):
    """One table with what is assumed of its cases. Every question may raise OutOfSteps."""

    further_gaps: int

    def is_void(self) -> bool:
        """Return whether what is assumed leaves no case at all."""

    def gaps(self) -> Iterator[Gap]:
        """Yield what no row answers, a few at most; `further_gaps` counts what it did not yield, as far as known."""

    def impossible(self) -> Iterator[tuple[Row, bool]]:
        """Yield the rows that no case meets, and whether that is due to what is assumed rather than to the row."""

    def shadowed(self) -> Iterator[tuple[Row, tuple[Row, ...]]]:
        """Yield the rows that some case meets but that never fire, with the earlier rows that take all their cases."""

    def needless_otherwise(self) -> Row | None:
        """Return the `otherwise` row if the other rows leave it nothing."""

    def redundant(self, same: Callable[[Row, Row], bool]) -> Iterator[tuple[Row, tuple[Row, ...]]]:
        """Yield the rows that fire, but whose cases would all come to later rows that give the same; with those.

        Rows that never fire are not among those: they are told by themselves.
        """

    def overlaps(self, matter: Callable[[Row, Row], bool]) -> Iterator[Overlap]:
        """Yield pairs of rows that some case meets both; only pairs that `matter`."""
