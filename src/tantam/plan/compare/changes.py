"""What differs between two plans: by code, clause and arguments, never as a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tantam.plan.sections import Plan


class What(StrEnum):
    """What became of a clause."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"  # a row that now comes before, or after, another that admits the same case
    RENAMED = "renamed"  # a row with another name and nothing else


class Weight(IntEnum):
    """How much a change matters, heaviest first: what customers are promised comes before all else."""

    PROMISED = 0
    TOLD = 1
    REACHED = 2
    WORKED = 3
    AIMED = 4
    MEANT = 5
    NAMED = 6


class Touches(StrEnum):
    """Whether a change alters an answer. CASE: an example shows it. NONE: proved. OPEN: neither. NAMED: no answer
    depends on it alone, but it is known whom it is for (a text, a shift, a survey). UNASKED: not even that (a cost).
    """

    CASE = "case"
    NONE = "none"
    OPEN = "open"
    NAMED = "named"
    UNASKED = "unasked"


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell of a row, or one part of a clause. part: the column, or the path below the clause, "" for all of it.

    before, after: as the plan writes it, without its line breaks; None where nothing stands.
    languages: of a text, those in which it reads otherwise; () for what is no text.
    """

    part: str
    before: str | None
    after: str | None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A smallest case that is answered otherwise. facts: fact text by term. asked: the policy, table or group.

    Of hours (`hours.shop`) and `channels` the case is a moment; of authority (`levels`) the facts are `level`, `kind`
    and `amount`; of `limits` the fact is `topic`, of `follow_ups` the first is `event`; `due.first_reply` is a promise.
    before, after: what is answered, by part (`outcome`, an output, a kind of promise), as values of their types.
    moment: when it is asked, aware, in the plan's zone; None where that does not matter.
    """

    asked: str
    facts: Mapping[str, str]
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One clause that differs. clause: its address in the new plan, in the old one if it is gone. was: its address in
    the old plan where that is another, else "". other: of a moved row, the address that it changed places with.

    concerns: whom the clause is for, by address (`groups.elderly`, `levels.agent`); all customers are `customers`.
    promised: of hours, a case that begins at the example's moment and whose promise falls due otherwise.
    """

    what: What
    clause: str
    weight: Weight
    edits: tuple[Edit, ...] = ()
    was: str = ""
    other: str = ""
    touches: Touches = Touches.UNASKED
    example: Example | None = None
    concerns: tuple[str, ...] = ()
    promised: Example | None = None

    @property
    def row(self) -> str:
        """The name of the row, "" if the clause is no row."""
        return self.clause.partition("#")[2]

    @property
    def address(self) -> str:
        """The clause's address without its row."""
        return self.clause.partition("#")[0]


@dataclass(frozen=True)
class Comparison:
    """Two plans and what differs, heaviest first, then in the order of the plan."""

    old: Plan = field(repr=False)
    new: Plan = field(repr=False)
    changes: tuple[Change, ...]

    @property
    def is_same(self) -> bool:
        """Whether the two mean the same: nothing differs, or only what is proved to alter no answer."""
        return all(each.touches is Touches.NONE for each in self.changes)

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)
