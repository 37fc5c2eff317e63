"""What a draft changes, counted, with the cases behind each number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tantam.plan.whatif.claim_changes import ClaimChange

WHAT = ("severity", "level", "stage")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence by its key in plan/words and its arguments: codes and numbers, never words."""

    key: str
    args: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moved:
    """Cases that went from one value to another. what: stage, severity, level. cases: keys."""

    what: str
    before: str
    after: str
    cases: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KindChange:
    """What changes for promises of one kind; each field the keys of the cases behind it, one a promise.

    newly_broken: broken now and not before, newly owed ones among them; newly_kept: kept now and broken before.
    no_longer_broken: broken before, and now neither broken nor undecided. shift_minutes: median of how much later it
    is due (negative: sooner) among those whose due changes, in calendar minutes; None if none does. undecided: where
    either side is unknown. broken_before, broken_after: of all that are decided on both sides.
    """

    kind: str
    newly_owed: tuple[int, ...] = ()
    no_longer_owed: tuple[int, ...] = ()
    newly_broken: tuple[int, ...] = ()
    no_longer_broken: tuple[int, ...] = ()
    newly_kept: tuple[int, ...] = ()
    due_moved: tuple[int, ...] = ()
    shift_minutes: float | None = None
    undecided: tuple[int, ...] = ()
    broken_before: int = 0
    broken_after: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """A draft beside another plan, or beside what history recorded (against is "").

    cases: how many were replayed. changed: keys of all cases that go otherwise, first the newly broken, then
    the no longer broken, then the others; of each, first opened first. undecided: keys of cases where a fact was needed
    that history lacks, on either side. summary: sentences; the first says it. claims: by policy, money in `currency`.
    """

    draft: str
    against: str
    cases: int
    moved: tuple[Moved, ...]
    kinds: Mapping[str, KindChange]
    changed: tuple[int, ...]
    undecided: tuple[int, ...]
    summary: tuple[Said, ...] = ()
    claims: Mapping[str, ClaimChange] = field(default_factory=dict)
    currency: str = ""

    @property
    def newly_broken(self) -> int:
        """How many promises more would have been broken."""
        return sum(len(each.newly_broken) for each in self.kinds.values())

    @property
    def no_longer_broken(self) -> int:
        """How many promises that were broken would not have been."""
        return sum(len(each.no_longer_broken) for each in self.kinds.values())
