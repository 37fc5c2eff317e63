"""How each measure is counted: the plan's own measures and, where it is silent, the standard ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from tantam.history.measures.part import SLICES
from tantam.plan.sections import Plan
from tantam.plan.sections.bounds import Bound
from tantam.plan.sections.clauses import Measure
from tantam.plan.sections.counted import CALENDAR, COUNTED, EXCLUSIONS


class Kind(StrEnum):
    """What a measure's value is: a share of 1, or minutes (a median)."""

    SHARE = "share"
    MINUTES = "minutes"


class UnknownMeasure(LookupError):
    """A measure that is not one of the fifteen."""


@dataclass(frozen=True, slots=True)
class Definition:
    """How one measure is counted.

    name: the plan's. of: which of the fifteen. direction: `up` if more is better, else `down`. unit: as the plan
    writes it, for people. clock: the name of hours, "" for calendar time. leaves_out: of
    plan.sections.counted.EXCLUSIONS. within: minutes, None for ever. topics, outcomes: the names that count; an outcome
    also as `policy.outcome`. promise: the kind of promise that counts, "" for every. alarm: it rings while this bound
    holds.
    """

    name: str
    of: str
    direction: str
    unit: str = ""
    clock: str = ""
    leaves_out: tuple[str, ...] = ()
    within: float | None = None
    topics: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    promise: str = ""
    alarm: Bound | None = None

    @property
    def kind(self) -> Kind:
        """What the value is."""
        return Kind(COUNTED[self.of].unit)

    @property
    def slices(self) -> tuple[str, ...]:
        """Return those of SLICES by which it can be cut: a purchase that never came back has no case."""
        return ("source",) if self.of == "return_rate" else SLICES

    @property
    def at_end(self) -> bool:
        """Whether it counts what stands at the end of a stretch, not what happened in it."""
        return self.of == "backlog_age"


def standard(name: str, clock: str = "") -> Definition:
    """Return one of the fifteen where no plan says more. clock: the name of hours. Raises UnknownMeasure."""
    if name not in COUNTED:
        raise UnknownMeasure(f"No measure is called {name!r}; there are {', '.join(COUNTED)}.")
    known = COUNTED[name]
    timed = clock if "clock" in known.takes else ""
    return Definition(name, name, known.direction, clock=timed, within=known.within)


def definitions(plan: Plan) -> dict[str, Definition]:
    """Return every measure that can be counted, by name: the fifteen first, then those the plan builds on them.

    Where the plan names no clock, its promises' clock counts.
    """
    silent = {name: standard(name, plan.promises.clock) for name in COUNTED}
    said = {name: _said(each, plan.promises.clock) for name, each in plan.measures.items() if each.of in COUNTED}
    return silent | said


def _said(measure: Measure, clock: str) -> Definition:
    known = standard(measure.of, "" if measure.clock == CALENDAR else measure.clock or clock)
    return replace(
        known,
        name=measure.name,
        unit=measure.unit,
        leaves_out=tuple(each for each in measure.exclusions if each in EXCLUSIONS),
        within=known.within if measure.within is None else measure.within,
        topics=measure.topics,
        outcomes=measure.outcomes,
        promise=measure.promise,
        alarm=measure.alarm,
    )
