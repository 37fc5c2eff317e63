"""The typed clauses about the plan's own checks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tantam.plan.errors import Place
from tantam.plan.sections.clauses import Words


@dataclass(frozen=True, slots=True)
class CheckSetting:
    """How much the findings of one code weigh here. weight: off, note, warning or error; without a reason it is not
    followed. clauses: where it counts (an address covers all below it), () everywhere."""

    code: str
    place: Place
    weight: Literal["off", "note", "warning", "error"]
    because: Words = field(default_factory=dict)
    clauses: tuple[str, ...] = ()

    def covers(self, code: str, clause: str) -> bool:
        """Return whether it speaks of a finding of this code in this clause; K01 covers K01_none as well."""
        if code != self.code and not code.startswith(f"{self.code}_"):
            return False
        return not self.clauses or any(
            clause == each or clause.startswith((f"{each}.", f"{each}#")) for each in self.clauses
        )
