"""What customers told of themselves that no column has: whoever keeps it registers here, and everybody may ask."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from tantam.desk.plans import Fact, RunningPlan

Kept = dict[int, dict[str, Fact]]  # {customer: {term: Fact}}
Teller = Callable[[Collection[int], RunningPlan, datetime], Mapping[int, Mapping[str, Fact]]]

_tellers: list[Teller] = []


def tells(teller: Teller) -> Teller:
    """Register a function that answers for customers; register it from the room's `apps.ready`.

    It asks no query where the plan has no term that it keeps.
    """
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def kept_of(customers: Collection[int], plan: RunningPlan, now: datetime) -> Kept:
    """Return what is kept of each of these customers, by the plan's terms; {} of whom nothing is known."""
    found: Kept = {each: {} for each in customers}
    for teller in _tellers:
        for customer, facts in teller(customers, plan, now).items():
            found[customer] |= facts
    return found
