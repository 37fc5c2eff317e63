"""How two replays of the same cases differ, and how a replay differs from what history recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tantam.plan.whatif.replayed import Replayed


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence by its key in the catalogues of plan/words and its arguments; codes, numbers, never words."""

    code: str
    args: Mapping[str, object] = field(default_factory=dict)


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

    shift_minutes: median of how much later it is due (negative: sooner) among those whose due changes, in calendar
    minutes; None if none does. undecided: cases where one of the two sides is unknown.
    """

    kind: str
    newly_owed: tuple[int, ...] = ()
    no_longer_owed: tuple[int, ...] = ()
    newly_broken: tuple[int, ...] = ()
    newly_kept: tuple[int, ...] = ()
    due_moved: tuple[int, ...] = ()
    shift_minutes: float | None = None
    undecided: tuple[int, ...] = ()
    broken_before: int = 0
    broken_after: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """A draft beside another plan, or beside what history recorded (against is "").

    cases: how many were replayed. changed: keys of all cases that go otherwise. summary: sentences, the first says it.
    """

    draft: str
    against: str
    cases: int
    moved: tuple[Moved, ...]
    kinds: Mapping[str, KindChange]
    changed: tuple[int, ...]
    undecided: tuple[int, ...]
    summary: tuple[Said, ...]


def difference(draft: Replayed, against: Replayed) -> Difference:
    """Return what the draft changes. Both are replayed over the same cases; raises ValueError if not."""
    raise NotImplementedError


def beside_record(draft: Replayed) -> Difference:
    """Return how the draft differs from what history recorded of the same cases."""
    raise NotImplementedError


def aloud(said: Sequence[Said], lang: str) -> list[str]:
    """Return the sentences in `lang`: vi, de, en."""
    raise NotImplementedError
