"""Tantam runs a company's customer service plan.

>>> plan = tantam.load("plans/ben-xuan")
>>> plan.decide("exchange", fault="ours", owned="12 days")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tantam.plan.run import Answer
    from tantam.plan.sections import Plan as Sections

__version__ = "0.1.0"
__all__ = ["Plan", "__version__", "load"]


class Plan:
    """A plan to be asked from Python. `sections` is all that is written in it, typed."""

    def __init__(self, sections: Sections) -> None:
        self.sections = sections

    def decide(self, policy: str, *, now: datetime | None = None, **facts: Any) -> Answer:
        """Return the policy's answer to facts, given as text ("12 days", "500000 VND") or plain values.

        now: aware, when the customer asked; this moment if None. Raises UnknownName, BadFact.
        """
        from datetime import UTC, datetime

        from tantam.plan.run import decide

        return decide(self.sections, policy, facts, now=now or datetime.now(UTC))

    @property
    def version(self) -> str:
        """Its number and hash, or its hash alone."""
        return self.sections.name

    def __repr__(self) -> str:
        return f"<Plan {self.sections.company.name} {self.version}>"


def load(path: Path | str) -> Plan:
    """Return the plan in a file or a folder. Raises PlanUnreadable with all that is wrong in it."""
    from tantam.plan.sections import read

    return Plan(read(path))
