"""Where a case belongs: its stage, how severe it is, and which level takes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tantam.plan.run.answers import Because, Triage
from tantam.plan.run.case import Case, case_of
from tantam.plan.run.facts import Given
from tantam.plan.sections import Plan

PLACES = ("stage", "severity", "level")


def triage(plan: Plan, facts: Given, *, now: datetime) -> Triage:
    """Return stage, severity and level of a case with these facts.

    Where no row says it: the stage is what is known of it, else `after`; the severity what is known, else the
    first that the lowest level handles; the level the lowest that handles the severity.
    """
    case = case_of(plan, facts, now=now)
    placed: dict[str, str] = {}
    because: Because | None = None
    for table in plan.triage:
        fired = case.fire(table)
        if fired.row is None or fired.unknown:
            continue
        placed |= {name: str(value) for name, value in fired.outputs.items() if name in PLACES and name not in placed}
        because = because or case.because(
            f"{table.name}#{fired.row.name}", fired.row.name, "B_triage", facts=case.mattered(fired.row, fired.used)
        )
    stage = placed.get("stage") or _known(case, "stage") or "after"
    severity = placed.get("severity") or _known(case, "severity") or _usual_severity(plan)
    level = placed.get("level") or _level_for(plan, severity)
    because = because or case.because("triage", "", "B_triage_usual")
    return Triage(stage, severity, level, because)


def _known(case: Case, term: str) -> str:
    value: Any = case.values.get(term)
    return value if isinstance(value, str) else ""


def _usual_severity(plan: Plan) -> str:
    """`triage.otherwise` says it; else what the lowest level handles last, for that is its daily work."""
    written = plan.document.triage
    if written and written.otherwise and "severity" in written.otherwise:
        return written.otherwise["severity"]
    lowest = next(iter(plan.levels.values()), None)
    if lowest and lowest.handles:
        return lowest.handles[-1]
    return plan.severities[-1] if plan.severities else ""


def _level_for(plan: Plan, severity: str) -> str:
    handling = [level.name for level in plan.levels.values() if severity in level.handles]
    return handling[0] if handling else next(iter(plan.levels), "")
