"""The plan's answers as the desk keeps them (codes and arguments) and as page, mail and interface show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tantam.desk.plans.running import RunningPlan
from tantam.plan.run import Answer


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer in one language.

    outcome: its code, for the page's looks. headline: the outcome's label. because: why, one sentence.
    clause: the address it stands at; version: the plan's. amount: what the customer gets or pays, "" if nothing.
    within: by when, "" if the plan names no time. conditional: why it is not certain yet, one sentence, or "".
    say: the plan's texts to the customer, in order. next: what happens next, one sentence.
    """

    outcome: str
    headline: str
    because: str
    clause: str
    version: str
    amount: str
    within: str
    conditional: str
    say: tuple[str, ...]
    next: str


def stored(answer: Answer) -> dict[str, Any]:
    """Return the answer as JSON: codes, fact texts and numbers."""
    return answer.stored()


def shown(
    stored_answer: Mapping[str, Any], lang: str, *, plan: RunningPlan, due: datetime | None = None
) -> ShownAnswer:
    """Return a stored answer in words. plan: the version that gave it. due: when what was granted is owed."""
    raise NotImplementedError
