"""Checks the ladder of responsibility: every level has someone above, every severity someone who handles it."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.checks.described import ERROR, WARNING, Check
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.clauses import Level
from tantam.plan.sections.plan import Plan


def check_levels(plan: Plan) -> Iterator[Finding]:
    """Yield K20 for a level with no one above it, K21 for a severity that nobody handles.

    Circles and levels that do not exist are found when the plan is read.
    """
    yield from _without_above(plan)
    handled = {severity for level in plan.levels.values() for severity in level.handles}
    for severity in plan.severities:
        if plan.levels and severity not in handled:
            place = plan.place("levels")
            args = {"severity": severity}
            yield Finding(
                "K21",
                Severity.WARNING,
                place,
                clause="levels",
                args=args,
                counterexample={"severity": severity},
                remedy="K21_remedy",
            )


def _without_above(plan: Plan) -> Iterator[Finding]:
    """Only the highest level may have no one above it: whatever it cannot settle stays there."""
    tops = [level for level in plan.levels.values() if not level.escalates_to]
    highest = max(tops, key=lambda level: level.rank, default=None)
    for level in tops:
        if level is not highest and highest is not None:
            yield _finding("K20", level, highest=highest.name)


def _finding(code: str, level: Level, **args: str) -> Finding:
    return Finding(
        code,
        Severity.ERROR,
        level.place,
        clause=f"levels.{level.name}",
        args={"level": level.name} | args,
        remedy=f"{code}_remedy",
    )


CHECK = Check({"K20": ERROR, "K21": WARNING}, check_levels)
