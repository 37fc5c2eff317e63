"""Checks that what the company says it does not do is not what a policy commits to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tantam.plan.checks.described import WARNING, Check, finding
from tantam.plan.checks.hours.promised import row_admits
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.plan import Plan

_NO = ("no", "không", "nein")


def check_limits(plan: Plan) -> Iterator[Finding]:
    """Yield K142 for a topic that `limits` refuses though a policy answers it."""
    for row in plan.limits.rows if plan.limits else ():
        we = row.outputs.get("we")
        topic = row.labels.get("topic", "")
        unconditional = all(each is None for each in row.conditions)
        if we is None or we.text.lower() not in _NO or not unconditional:
            continue
        if policy := _answering(plan).get(topic) or _sent_to(plan, topic):
            args = {"topic": topic, "policy": policy}
            yield finding("K142", Severity.WARNING, row.place, f"limits#{row.name}", **args, shows={"topic": topic})


def _answering(plan: Plan) -> Mapping[str, str]:
    """Return the policy of each topic, as policies and topics name one another."""
    named = {topic: each.name for each in plan.policies.values() for topic in each.topics}
    return named | {each.name: each.policy for each in plan.topics.values() if each.policy}


def _sent_to(plan: Plan, topic: str) -> str:
    """Return the policy that triage names for the topic, "" for none."""
    for table in plan.triage:
        if not any(column.name == "topic" for column in table.inputs):
            continue
        for row in table.rows:
            policy = row.outputs.get("policy")
            if policy is not None and row_admits(table, row, "topic", topic):
                return policy.text
    return ""


CHECK = Check({"K142": WARNING}, check_limits)
