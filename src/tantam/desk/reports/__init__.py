"""Figures for the company: what history/ measured in the desk's database, beside what the plan aims at."""

from tantam.desk.reports.clauses import ClauseFigures, clause_figures
from tantam.desk.reports.figures import (
    KindKept,
    days_kept,
    ended,
    kept_between,
    kept_by_clause,
    kept_by_kind,
    measured,
)
from tantam.desk.reports.goals import GoalSeen, goals_seen, least_kept
from tantam.desk.reports.reading import past
from tantam.desk.reports.stretches import STRETCHES, Stretch, stretch

__all__ = [
    "STRETCHES",
    "ClauseFigures",
    "GoalSeen",
    "KindKept",
    "Stretch",
    "clause_figures",
    "days_kept",
    "ended",
    "goals_seen",
    "kept_between",
    "kept_by_clause",
    "kept_by_kind",
    "least_kept",
    "measured",
    "past",
    "stretch",
]
