"""Replays a plan over past cases with the very functions that place and promise at the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from tantam.plan.sections import Plan
from tantam.plan.whatif.past_case import PastCase
from tantam.plan.whatif.replayed import Replayed


def replay(
    plan: Plan, cases: Iterable[PastCase], *, until: datetime, progress: Callable[[int], None] | None = None
) -> Replayed:
    """Return what the plan would have done. until: history's end, aware. progress: told the cases done, now and then.

    Source: docs/algorithms/replay.md.
    """
    raise NotImplementedError
