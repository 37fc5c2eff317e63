"""What a measure answers: its value, how sure that is, its weeks, its slices and the cases behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tantam.history.measures.definition import Definition, Kind

Within = tuple[datetime, datetime]  # since and until, aware: what happened from `since` up to but without `until`


@dataclass(frozen=True, slots=True)
class Week:
    """since: aware, its first instant. n: how many were counted. value: None where nothing was."""

    since: datetime
    n: int
    value: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """value: a share of 1 or minutes, None where nothing was counted. low, high: 95 % interval of it, or None.

    n: how many were counted, of which `hits` made the share (0 for minutes). unknown: how many more there were of
    which history does not know what this measure needs. reason: a code why n is 0, "" otherwise
    (docs/reference/measures.md, When there is no number). before, before_n: the stretch of the same length just
    before. weeks: the last ones up to `until`, oldest first.
    """

    definition: Definition
    n: int
    hits: int
    unknown: int
    value: float | None
    low: float | None
    high: float | None
    reason: str
    before: float | None
    before_n: int
    weeks: tuple[Week, ...]

    @property
    def name(self) -> str:
        """The plan's name of the measure."""
        return self.definition.name

    @property
    def kind(self) -> Kind:
        """What the value is."""
        return self.definition.kind

    @property
    def alarmed(self) -> bool:
        """Whether the plan's alarm rings."""
        alarm = self.definition.alarm
        return alarm is not None and self.value is not None and alarm.holds(self.value)


@dataclass(frozen=True, slots=True)
class Slice:
    """One slice; as Measured. key: a name of the plan, of a person or a version; part.UNKNOWN; part.NONE."""

    key: str
    n: int
    hits: int
    unknown: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Behind:
    """One counted thing. case_id: None for a purchase that never made a case. reference: the case's, or the purchase's.

    customer: of the case, an id at the desk, `source/name` if imported; "" if unknown.

    instant: aware, when it counted. since: aware, when it began, None if it has no length. value: 1 or 0, or minutes.
    person, level: whose case it was then, "" for nobody or unknown. clause, policy: "" if none. version: None unknown.
    """

    source: str
    case_id: int | None
    reference: str
    customer: str
    instant: datetime
    since: datetime | None
    value: float
    person: str
    level: str
    clause: str
    policy: str
    version: int | None
