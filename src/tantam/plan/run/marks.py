"""Which of a policy's marks meet a case: a person looks at it before it is granted; a mark refuses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tantam.plan.run.case import case_of
from tantam.plan.run.facts import Given
from tantam.plan.sections import Plan
from tantam.plan.tables.nodes import terms_in


@dataclass(frozen=True, slots=True)
class Met:
    """A mark that meets a case. clause: where it stands; facts: what it speaks of, by term as fact text."""

    name: str
    clause: str
    facts: Mapping[str, str]


def marks(plan: Plan, policy: str, facts: Given, *, now: datetime) -> tuple[Met, ...]:
    """Return the marks of the policy whose condition surely holds, in the plan's order.

    What hangs on an unknown fact meets nothing. Raises UnknownName, BadFact.
    """
    written = plan.policy(policy).marks
    if not written:
        return ()
    case = case_of(plan, facts, now=now)
    return tuple(
        Met(name, f"policies.{policy}.marks.{name}", case.told(terms_in(when)))
        for name, when in written.items()
        if case.holds(when).value is True
    )
