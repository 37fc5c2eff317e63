"""What to ask a customer: only what is unknown and would matter."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tantam.plan.run.answers import Question
from tantam.plan.run.facts import Given

if TYPE_CHECKING:
    from tantam.plan.sections import Plan


def questions(plan: Plan, policy: str, known: Given, *, now: datetime) -> tuple[Question, ...]:
    """Return the questions whose answers the policy still needs, in the order in which they would be asked.

    A term is left out if it is known, has no `ask`, or can no longer matter. Raises UnknownName, BadFact.
    """
    raise NotImplementedError


def question(plan: Plan, term: str) -> Question:
    """Return the question for one term, whether or not it has an `ask`. Raises UnknownName."""
    raise NotImplementedError
