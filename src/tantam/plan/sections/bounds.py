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
_SPAN = re.compile(r"^\s*(\d[\d_]*(?:[.,]\d+)?)\s*([a-z]+)\s*$")
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


def read_alarm(written: str, unit: Unit, direction: str) -> Bound | Problem:
    """Return the bound beyond which a measure calls for attention. direction: in which the measure is better."""
    return read_bound(written, unit, "down" if direction == "up" else "up")


def read_minutes(written: str) -> float | None:
    """Return a span such as `14 days` or `8 h` in minutes, a day being 24 hours; None if it is none."""
    said = _SPAN.match(written)
    return _number(said[1]) * MINUTES[said[2]] if said and said[2] in MINUTES else None


def read_bound(written: str, unit: Unit, direction: str) -> Bound | Problem:
    """Return the bound as `written`, or why it is none.

    unit: of the measure. direction: where values shall be that have no sign, `up` for at least so much, else `down`.
    """
    said = _BOUND.match(written)
    if said is None:
        return "unreadable"
    sign = _SIGNS.get(said[1], ">=" if direction == "up" else "<=")
    amount, named = _number(said[2]), " ".join(said[3].split())
    match unit:
        case "share":
            return Bound(sign, amount / 100 if named else amount, unit) if named in ("", "%") else "unit"
        case "minutes":
            if named.startswith("working"):
                return "working_days"
            return Bound(sign, amount * MINUTES[named], unit) if named in MINUTES else "unit"


def _number(written: str) -> float:
    return float(written.replace("_", "").replace(",", "."))
