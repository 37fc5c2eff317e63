"""A case as history keeps it: what was known when it began, and what was really done when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Tells(StrEnum):
    """Which words to the customer a source writes down: all, each case's first, or no reply at all.

    Where it tells none, words that it does know of (a question) only say that nobody wrote later for the first time.
    """

    ALL = "all"
    FIRST = "first"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Turn:
    """From the opening or a reopening until the case was settled.

    resolved: None if it never was. by_customer: they said themselves that it is settled.
    words: when somebody wrote to the customer, ascending. waits: from when until when the customer was waited for,
    apart and ascending; until is None where nothing ended it. All aware.
    """

    begins: datetime
    resolved: datetime | None = None
    by_customer: bool = False
    words: tuple[datetime, ...] = ()
    waits: tuple[tuple[datetime, datetime | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """Where history says that a case was: "" where it does not say."""

    stage: str = ""
    severity: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many promises of one kind were made on a case and how they ended, as history says."""

    promised: int = 0
    kept: int = 0
    broken: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """What was claimed, and how it was decided as history says.

    outcome: "" where it was refused. decided: when, aware. minor: what was granted, in whole minor units.
    """

    policy: str
    outcome: str
    decided: datetime
    minor: int = 0


@dataclass(frozen=True, slots=True)
class PastCase:
    """One case of the past.

    key: its id, unique over sources. opened: aware. told, recorded: {term: fact text} as known at the opening.
    asked: terms that were looked for then, so that one without a fact was known to nobody; of all other terms
    history merely lacks the fact. groups: the customer's then, None if unknown. turns: at least one, ascending.
    ended: by kind, of the promises that a plan's table made. claims: those that were granted or refused. by_contract:
    kinds that a contract promised of its own, which no draft changes: they are neither replayed nor counted.
    """

    key: int
    source: str
    reference: str
    opened: datetime
    told: Mapping[str, str] = field(default_factory=dict)
    recorded: Mapping[str, str] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    groups: frozenset[str] | None = None
    channel: str = ""
    topic: str = ""
    language: str = ""
    placed: Placed = Placed()
    turns: tuple[Turn, ...] = ()
    tells: Tells = Tells.ALL
    ended: Mapping[str, Counted] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    by_contract: frozenset[str] = frozenset()

    @property
    def resolved(self) -> datetime | None:
        """When it was settled for the last time, None if it is open."""
        return self.turns[-1].resolved if self.turns else None
