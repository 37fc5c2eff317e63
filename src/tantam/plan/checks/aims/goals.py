"""Checks the goals: each needs a measure that exists, and a date that is still to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tantam.plan.checks.described import ERROR, NOTE, Check
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.aside import Aside
from tantam.plan.sections.clauses import Goal
from tantam.plan.sections.plan import Plan
from tantam.plan.sections.references import PROVIDED, unknown_measures

__all__ = ["PROVIDED", "check_goals", "past_goals"]


def check_goals(plan: Plan) -> Iterator[Finding]:
    """Yield K30 for a goal whose measure neither the plan nor the product defines, K32 if only the plan does."""
    yield from unknown_measures(plan, Aside())
    for goal in plan.goals.values():
        own = plan.measures.get(goal.measure)
        if own is not None and own.of not in PROVIDED:
            args = {"goal": goal.name, "measure": goal.measure, "provided": ", ".join(PROVIDED)}
            place = plan.place(f"goals.{goal.name}.measure")
            yield Finding("K32", Severity.NOTE, place, clause=f"goals.{goal.name}", args=args, remedy="K32_remedy")


def past_goals(plan: Plan, today: date) -> Iterator[Finding]:
    """Yield K31, a note, for a goal whose date is before `today`."""
    for goal in plan.goals.values():
        if (due := _date(goal)) is not None and due < today:
            yield Finding(
                "K31",
                Severity.NOTE,
                plan.place(f"goals.{goal.name}"),
                clause=f"goals.{goal.name}",
                args={"goal": goal.name, "date": goal.date},
                remedy="K31_remedy",
            )


def _date(goal: Goal) -> date | None:
    try:
        return date.fromisoformat(goal.date)
    except ValueError:
        return None


CHECK = Check({"K30": ERROR, "K31": NOTE, "K32": NOTE}, check_goals, by_day=past_goals, optional=frozenset({"K30"}))
