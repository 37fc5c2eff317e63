"""Bounds on a measure as a plan writes them, `>= 95 %` or `< 4 h`, in the measure's own unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tantam.plan.sections.counted import Unit

Sign = Literal[">=", "<=", ">", "<"]
Problem = Literal["unreadable", "unit", "working_days"]

MINUTES = {"min": 1.0, "minute": 1.0, "minutes": 1.0, "h": 60.0, "hour": 60.0, "hours": 60.0}
MINUTES |= {"day": 1440.0, "days": 1440.0, "week": 10080.0, "weeks": 10080.0}
_BOUND = re.compile(r"^\s*(>=|<=|≥|≤|>|<|)\s*(\d[\d_]*(?:[.,]\d+)?)\s*(%|[a-zA-Z][a-zA-Z ]*?|)\s*$")
_SIGNS: dict[str, Sign] = {"≥": ">=", "≤": "<=", ">=": ">=", "<=": "<=", ">": ">", "<": "<"}


@dataclass(frozen=True, slots=True)
class Bound:
    """at: a share of 1, or minutes. Says whether a value is beyond it; knows nothing of good and bad."""

    sign: Sign
    at: float
    unit: Unit

    @property
    def least(self) -> bool:
        """Whether it bounds from below: the value shall be at least so much."""
        return self.sign in (">=", ">")

    def holds(self, value: float) -> bool:
        """Return whether `value`, in this bound's unit, satisfies it."""
        match self.sign:
            case ">=":
                return value >= self.at
            case "<=":
                return value <= self.at
            case ">":
                return value > self.at
            case "<":
                return value < self.at


def read_bound(written: str, unit: Unit, direction: str) -> Bound | Problem:
    """Return the bound as `written`, or why it is none.

    unit: of the measure. direction: `up` or `down`; without a sign, a value as good as this is wanted.
    """
    said = _BOUND.match(written)
    if said is None:
        return "unreadable"
    sign = _SIGNS.get(said[1], ">=" if direction == "up" else "<=")
    amount, named = float(said[2].replace("_", "").replace(",", ".")), " ".join(said[3].split())
    match unit:
        case "share":
            return Bound(sign, amount / 100 if named else amount, unit) if named in ("", "%") else "unit"
        case "minutes":
            if named.startswith("working"):
                return "working_days"
            return Bound(sign, amount * MINUTES[named], unit) if named in MINUTES else "unit"
