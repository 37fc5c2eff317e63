"""The plan at the desk: which version is in force, and all that the desk asks it. Only this room imports the plan."""

from __future__ import annotations

from datetime import datetime

from tantam.desk.plans.errors import NoPlan
from tantam.desk.plans.running import RunningPlan
from tantam.plan.errors import BadFact, PlanHasFindings, PlanUnreadable, UnknownName
from tantam.plan.run import Answer, Because, Care, Choice, Fact, Grant, Openness, Owed, Question, Standing, Triage
from tantam.plan.sections.clauses import Goal

__all__ = [
    "Answer",
    "BadFact",
    "Because",
    "Care",
    "Choice",
    "Fact",
    "Goal",
    "Grant",
    "NoPlan",
    "Openness",
    "Owed",
    "PlanHasFindings",
    "PlanUnreadable",
    "Question",
    "RunningPlan",
    "Standing",
    "Triage",
    "UnknownName",
    "in_force",
    "version",
]


def in_force(at: datetime | None = None) -> RunningPlan:
    """Return the plan in force at `at` (aware; now if None). One cheap query; thawed once a process.

    Raises NoPlan when none is in force.
    """
    from tantam.desk.plans import versions  # the models are not ready while Django loads its apps

    return versions.in_force(at)


def version(number: int) -> RunningPlan:
    """Return the enacted plan with this number; no query once it was thawed. Raises NoPlan."""
    from tantam.desk.plans import versions

    return versions.version(number)
