"""Reasons in words: a because and its plan in, one sentence in a language out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tantam.plan.run.answers import Answer, Because

if TYPE_CHECKING:
    from tantam.plan.sections import Plan


def because_of(plan: Plan, stored: Mapping[str, Any]) -> Because:
    """Return a stored because, able to speak again. plan: the version that it names."""
    raise NotImplementedError


def sentence(because: Because, lang: str) -> str:
    """Return the reason as one sentence in `lang` (vi, de, en)."""
    raise NotImplementedError


def stored_answer(answer: Answer) -> dict[str, Any]:
    """Return the answer as plain JSON."""
    raise NotImplementedError
