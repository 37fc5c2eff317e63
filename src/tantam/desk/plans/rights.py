"""What the plan says of those who ask about their own data, as the desk asks it."""

from __future__ import annotations

from datetime import datetime

from tantam.desk.plans.running import RunningPlan
from tantam.plan.run import rights
from tantam.plan.run.rights import KINDS, Right

READ, ERASE, CORRECT, OBJECT = KINDS
COLLEAGUE = "colleague"  # the proof for which somebody looks at papers, or calls back


def right(plan: RunningPlan, kind: str, asked: datetime) -> Right | None:
    """Return what is owed to who asks so at `asked`; None where the plan names no time."""
    return rights.right(plan.plan, kind, asked)


__all__ = ["COLLEAGUE", "CORRECT", "ERASE", "KINDS", "OBJECT", "READ", "Right", "right"]
