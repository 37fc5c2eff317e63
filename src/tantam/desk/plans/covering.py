"""What a thing is covered for and until when, as the version that counts for it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tantam.desk.plans.running import RunningPlan
from tantam.plan.run import Fact
from tantam.plan.run.cover import covers

WARRANTY = "warranty"


@dataclass(frozen=True, slots=True)
class Covered:
    """One cover in words. label: what is given; until: the last day; clause, version: who says so."""

    label: str
    until: date
    clause: str
    version: str


def warranties(plan: RunningPlan) -> tuple[str, ...]:
    """Return the policies that cover what was sold."""
    return tuple(name for name, each in plan.plan.policies.items() if each.kind == WARRANTY)


def covered(
    plan: RunningPlan, policy: str, known: Mapping[str, Fact], *, handed_over: datetime, lang: str
) -> tuple[Covered, ...]:
    """Return what the policy of this version covers, the longest first. Raises UnknownName."""
    return tuple(
        Covered(
            plan.outcome_label(policy, each.outcome, lang) or each.outcome.replace("_", " "),
            each.until,
            each.because.clause,
            plan.plan.name,
        )
        for each in covers(plan.plan, policy, known, handed_over=handed_over)
    )
