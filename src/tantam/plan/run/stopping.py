"""Whether a provider takes nothing new: once what it is judged by is beyond the plan's bound, in enough cases.

Before that it is near it, so that somebody may speak with them in time.
"""

from __future__ import annotations

from enum import StrEnum

from tantam.plan.sections.bounds import Bound

ENOUGH = 30  # cases: with fewer, a few bad days would stop somebody who serves well
NEARLY = 0.8  # of the way from nothing wrong to the bound


class Verdict(StrEnum):
    """What a measure says of a provider."""

    SERVES = "serves"
    NEAR = "near"  # not beyond the bound, but NEARLY
    TOO_FEW = "too_few"  # beyond the bound, but in fewer cases than ENOUGH
    STOPS = "stops"


def judged(bound: Bound, value: float | None, n: int) -> Verdict:
    """Return what a measure says: STOPS where at least ENOUGH cases counted and the value is beyond the bound.

    bound: that of the plan's `stop`, which holds where the provider is to stop. value: in the bound's unit, None where
    nothing counted. n: of how many cases.
    """
    if value is None:
        return Verdict.SERVES
    if not bound.holds(value):
        return Verdict.NEAR if n >= ENOUGH and _nearly(bound, value) else Verdict.SERVES
    return Verdict.STOPS if n >= ENOUGH else Verdict.TOO_FEW


def _nearly(bound: Bound, value: float) -> bool:
    """Whether a value went most of the way to the bound: of a share that must not fall, what is missing to 100 %."""
    if bound.least:
        return value >= NEARLY * bound.at
    if bound.unit == "share":
        return 1 - value >= NEARLY * (1 - bound.at)
    return NEARLY * value <= bound.at
