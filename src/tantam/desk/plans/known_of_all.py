"""What a policy needs to know that no record tells of: what holds for a whole batch is told once for all of it."""

from __future__ import annotations

from datetime import datetime

from tantam.desk.plans.running import RunningPlan
from tantam.plan.run import Question


def asked_once(plan: RunningPlan, policy: str, now: datetime) -> tuple[Question, ...]:
    """Return the questions of a policy whose terms come from no record, in the order in which they would be asked."""
    terms = plan.plan.terms
    asked = plan.questions(policy, {}, now)
    return tuple(each for each in asked if not (terms[each.term].source or terms[each.term].since))
