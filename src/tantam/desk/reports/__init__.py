"""Figures for the company: what history/ measured in the desk's database, beside what the plan aims at."""

from tantam.desk.reports.figures import (
    KindKept,
    clause_figures,
    days_kept,
    ended,
    kept_by_clause,
    kept_by_kind,
    measured,
)
from tantam.desk.reports.goals import GoalSeen, goals_seen
from tantam.desk.reports.stretches import STRETCHES, Stretch, stretch

__all__ = [
    "STRETCHES",
    "GoalSeen",
    "KindKept",
    "Stretch",
    "clause_figures",
    "days_kept",
    "ended",
    "goals_seen",
    "kept_by_clause",
    "kept_by_kind",
    "measured",
    "stretch",
]
