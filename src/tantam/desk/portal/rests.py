"""What a form rests on: the clause of the published plan that says what is done about its topic, and in which words."""

from __future__ import annotations

from dataclasses import dataclass

from tantam.desk.plans import RunningPlan, limits
from tantam.desk.plans.topics import Topic, policy_of


@dataclass(frozen=True, slots=True)
class Rests:
    """words: what the policy commits us to, "" where it does not say. anchor: of the clause on the plan's page."""

    words: str
    anchor: str


def rests_on(plan: RunningPlan, topic: Topic, lang: str) -> Rests | None:
    """Return the clause for a topic: the limit that declines it, else its policy; None where the plan has neither."""
    if rule := limits.met_by(plan, topic.name):
        return Rests("", f"limits-{rule.name}")
    policy = topic.policy or (policy_of(plan, topic.name) if topic.name else "")
    return Rests(plan.commitment(policy, lang), f"policies.{policy}") if policy else None
