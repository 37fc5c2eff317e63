"""What replaying a plan over past cases gives: each case's place and promises, and which facts history lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from tantam.plan.whatif.claims import Ruled
from tantam.plan.whatif.past_case import PastCase


class Fate(StrEnum):
    """What would have become of a promise. Unknown: history does not tell, or the facts for it are lacking."""

    KEPT = "kept"
    BROKEN = "broken"
    OPEN = "open"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise that a plan would have made.

    turn: 0 for the opening, 1 for the first reopening … clause: `promises#reply_normal`. made: when. due: as first
    made; moved: after the waiting for the customer, None while that lasts. All aware, UTC; both None if the hours
    never open. times: how often a repeating promise came due or was done, missed: how often too late.
    """

    kind: str
    turn: int
    clause: str
    made: datetime
    due: datetime | None
    moved: datetime | None
    fate: Fate
    times: int = 1
    missed: int = 0


@dataclass(frozen=True, slots=True)
class ReplayedCase:
    """One case under a plan. stage, severity, level: None where a lacking fact decides them.

    clause: of triage, "" where that is not known. undecided: {kind: terms} of promises that lacking facts decide.
    lacking: the terms that were needed and that history lacks. claims: the answer to each of the past case's.
    """

    key: int
    stage: str | None
    severity: str | None
    level: str | None
    clause: str
    promises: tuple[Promised, ...]
    undecided: Mapping[str, tuple[str, ...]]
    lacking: tuple[str, ...]
    claims: tuple[Ruled, ...] = ()

    @property
    def known(self) -> bool:
        """Whether nothing that was needed is lacking."""
        return not self.lacking


@dataclass(frozen=True, slots=True)
class Lack:
    """A term that history does not have in so many cases though `table` needs it. cases: their keys."""

    term: str
    table: str
    cases: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A fact text of history that the plan does not admit. allowed: what it does. cases: their keys."""

    term: str
    got: str
    allowed: str
    cases: tuple[int, ...]


@dataclass(frozen=True)
class Replayed:
    """A plan over past cases. plan: its name. until: history's end, aware: what is due later is still open.

    pasts, cases: by key, in the order given. lacks: most cases first. foreign: {term: cases} of facts whose term the
    plan does not have: it needs none of them. defaults: {term: cases} where the plan's own default took the place of a
    fact that history lacks. currency: the plan's.
    """

    plan: str
    until: datetime
    pasts: Mapping[int, PastCase]
    cases: Mapping[int, ReplayedCase]
    lacks: tuple[Lack, ...]
    refused: tuple[Refused, ...]
    foreign: Mapping[str, int]
    defaults: Mapping[str, int]
    currency: str = ""

    @cached_property
    def fates(self) -> dict[str, Counter[Fate]]:
        """{kind: how many promises ended how}, kinds by name; what lacking facts decide counts as unknown."""
        found: dict[str, Counter[Fate]] = {}
        for case in self.cases.values():
            for each in case.promises:
                found.setdefault(each.kind, Counter())[each.fate] += 1
            for kind in case.undecided:
                found.setdefault(kind, Counter())[Fate.UNKNOWN] += 1
        return dict(sorted(found.items()))

    @cached_property
    def severities(self) -> Counter[str | None]:
        """How many cases of each severity; None where it is unknown."""
        return Counter(case.severity for case in self.cases.values())

    @cached_property
    def undecided(self) -> tuple[int, ...]:
        """The keys of the cases where a fact was needed that history lacks."""
        return tuple(key for key, case in self.cases.items() if case.lacking)
