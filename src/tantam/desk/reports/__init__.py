"""Figures for the company: what history/ measured of all that happened, beside what the plan aims at."""

from tantam.desk.reports.clauses import ClauseFigures, clause_figures
from tantam.desk.reports.figures import OURS, Figures, KindKept, Listed, Order, figures
from tantam.desk.reports.goals import GoalSeen, everybody, goal_for_all, goals_of_group, goals_seen, least_kept
from tantam.desk.reports.reading import damaged, past
from tantam.desk.reports.serving import served
from tantam.desk.reports.sources import Lived, sources
from tantam.desk.reports.story import Happened, Story, story
from tantam.desk.reports.stretches import STRETCHES, USUAL, Stretch, asked, between, stretch

__all__ = [
    "OURS",
    "STRETCHES",
    "USUAL",
    "ClauseFigures",
    "Figures",
    "GoalSeen",
    "Happened",
    "KindKept",
    "Listed",
    "Lived",
    "Order",
    "Story",
    "Stretch",
    "asked",
    "between",
    "clause_figures",
    "figures",
    "damaged",
    "everybody",
    "goal_for_all",
    "goals_of_group",
    "goals_seen",
    "least_kept",
    "past",
    "served",
    "sources",
    "story",
    "stretch",
]
