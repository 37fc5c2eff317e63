"""A fact: a value, and how well it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Standing(StrEnum):
    """How well a fact is known, weakest first.

    Shown is what was told and came with what the term's `proof` names: nobody has looked at it yet.
    """

    TOLD = "told"
    SHOWN = "shown"
    RECORDED = "recorded"
    VERIFIED = "verified"

    def reaches(self, demanded: str) -> bool:
        """Return whether a fact of this standing satisfies a demand for `demanded`, a standing by name."""
        return _RANKS[self] >= _RANKS[demanded]


_RANKS: Mapping[str, int] = {standing: rank for rank, standing in enumerate(Standing)}


@dataclass(frozen=True, slots=True)
class Fact:
    """A value of a term's type and how well it is known."""

    value: Any
    standing: Standing = Standing.TOLD
