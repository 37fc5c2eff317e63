"""Finds the sentence of a text that commits us to something by a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tantam.plan.sections import Plan

MOST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Found:
    """words: the sentence, at most 200 characters. kind: `call_back`, `visit`, `appointment` or `by_hand`.

    due: aware, UTC. said: the words that name the time. exact: an hour was named; else the plan's hours gave it.
    """

    words: str
    kind: str
    due: datetime
    said: str
    exact: bool


def found(text: str, lang: str, now: datetime, plan: Plan) -> Found | None:
    """Return the last promise in the text, None if no sentence commits us to a time after `now` (aware)."""
    return None
