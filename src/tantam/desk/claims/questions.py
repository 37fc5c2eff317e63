"""What a claim on a case that is there already would still ask: nothing that is on record, or was told before."""

from __future__ import annotations

from django import forms

from tantam.desk.cases.facts import known_of
from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.asking import still_asked
from tantam.desk.plans.topics import Topic, topics


def claimable(plan: RunningPlan, lang: str) -> tuple[Topic, ...]:
    """Return the topics that lead to a policy, in the plan's order."""
    return tuple(each for each in topics(plan, lang) if each.policy)


def claimable_by(plan: RunningPlan, lang: str, code: str) -> Topic | None:
    """Return the one of this name, or whose policy has it where no topic leads there; None for another."""
    return next((each for each in claimable(plan, lang) if each.code == code), None)


def questions_on(case: Case, topic: Topic, plan: RunningPlan, lang: str) -> dict[str, forms.Field]:
    """Return {field name: field} of what is still unknown. What is not said stays unknown: none is required."""
    found = still_asked(plan, topic, known_of(case, plan, clock.now()), lang)
    for each in found.values():
        each.required = False
    return found
