"""Whether a provider takes nothing new: once what it is judged by is beyond the plan's bound, in enough cases."""

from __future__ import annotations

from enum import StrEnum

from tantam.plan.sections.bounds import Bound

ENOUGH = 30  # cases: with fewer, a few bad days would stop somebody who serves well


class Verdict(StrEnum):
    """What a measure says of a provider."""

    SERVES = "serves"
    TOO_FEW = "too_few"  # beyond the bound, but in fewer cases than ENOUGH
    STOPS = "stops"


def judged(bound: Bound, value: float | None, n: int) -> Verdict:
    """Return what a measure says: STOPS where at least ENOUGH cases counted and the value is beyond the bound.

    bound: that of the plan's `stop`, which holds where the provider is to stop. value: in the bound's unit, None where
    nothing counted. n: of how many cases.
    """
    if value is None or not bound.holds(value):
        return Verdict.SERVES
    return Verdict.STOPS if n >= ENOUGH else Verdict.TOO_FEW
