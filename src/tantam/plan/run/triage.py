"""Where a case belongs: its stage, how severe it is, and which level takes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tantam.plan.run.answers import Because, Triage
from tantam.plan.run.case import Case, case_of
from tantam.plan.run.facts import Given
from tantam.plan.sections import Plan

PLACES = ("stage", "severity", "level")
USUAL = "triage"  # the clause where no row said anything


def triage(plan: Plan, facts: Given, *, now: datetime) -> Triage:
    """Return stage, severity and level of a case with these facts.

    Where no row says it: the stage is what is known of it, else `after`; the severity what is known, else
    `triage.otherwise`, else the last that the lowest level handles; the level the lowest that handles the severity.
    """
    case = case_of(plan, facts, now=now)
    placed: dict[str, str] = {}
    because: Because | None = None
    for table in plan.triage:
        fired = case.fire(table)
        if fired.row is None or fired.unknown:
            continue
        placed |= {name: value for name, value in places(fired.outputs).items() if name not in placed}
        because = because or case.because(
            f"{table.name}#{fired.row.name}", fired.row.name, "B_triage", facts=case.mattered(fired.row, fired.used)
        )
    stage, severity, level = completed(case, placed)
    return Triage(stage, severity, level, because or case.because(USUAL, "", "B_triage_usual"))


def places(outputs: Mapping[str, Any]) -> dict[str, str]:
    """Return what a row's results say of the stage, the severity and the level."""
    return {name: str(value) for name, value in outputs.items() if name in PLACES}


def completed(case: Case, placed: Mapping[str, str]) -> tuple[str, str, str]:
    """Return stage, severity and level: as the tables placed them, else as usual."""
    stage = placed.get("stage") or _known(case, "stage") or "after"
    severity = placed.get("severity") or _known(case, "severity") or _usual_severity(case.plan)
    return stage, severity, placed.get("level") or level_for(case.plan, severity)


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


def level_for(plan: Plan, severity: str) -> str:
    """Return the lowest level that handles the severity, the lowest of all if none does."""
    handling = [level.name for level in plan.levels.values() if severity in level.handles]
    return handling[0] if handling else next(iter(plan.levels), "")
