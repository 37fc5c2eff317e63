"""What the company promises and how well it kept that lately: real figures, or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tantam.desk import reports
from tantam.desk.plans import RunningPlan

FEWEST = 10  # below this, a share says more about chance than about us


@dataclass(frozen=True, slots=True)
class Vow:
    """One kind of promise. kept, total: of those that ended; total 0 hides the figure."""

    words: str
    kept: int
    total: int


def vows(plan: RunningPlan, lang: str, since: datetime) -> tuple[Vow, ...]:
    """Return the kinds of promise of the plan with what was kept since then, the most frequent first."""
    counted = reports.kept_by_kind(since)
    known = plan.plan.promises.labels  # what a policy grants is promised under its outcome's name
    found = [
        Vow(plan.promise_label(each.kind, lang), each.kept, each.total)
        for each in counted
        if each.total >= FEWEST and each.kind in known
    ]
    return tuple(sorted(found, key=lambda vow: -vow.total)[:4])
