"""Which groups a customer is in, and how each is cared for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tantam.plan.run.answers import Care
from tantam.plan.run.case import case_of, groups_in, known_groups_in
from tantam.plan.run.facts import Given
from tantam.plan.sections import Plan


def groups_of(plan: Plan, facts: Given, *, now: datetime) -> tuple[str, ...]:
    """Return the names of the groups whose condition holds, in the plan's order; an unknown condition does not hold."""
    return groups_in(case_of(plan, facts, now=now))


def groups_if_known(plan: Plan, facts: Given, *, now: datetime) -> tuple[str, ...] | None:
    """Return the same, or None where an unknown fact decides whether the customer is in one of them."""
    return known_groups_in(case_of(plan, facts, now=now))


def care(plan: Plan, groups: Iterable[str]) -> tuple[Care, ...]:
    """Return how to care for a customer of these groups, in the plan's order; groups without care give nothing."""
    names = set(groups)
    return tuple(Care(name, group.care) for name, group in plan.groups.items() if name in names and group.care)
