"""What a policy answers to facts: requirements first, then its table, then what the outcome carries."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tantam.plan.run.answers import Answer
from tantam.plan.run.facts import Given

if TYPE_CHECKING:
    from tantam.plan.sections import Plan


def decide(plan: Plan, policy: str, facts: Given, *, now: datetime) -> Answer:
    """Return the policy's answer. An unknown fact that matters gives the outcome `ask`.

    now: aware; the moment the customer asked. Raises UnknownName, BadFact.
    """
    raise NotImplementedError
