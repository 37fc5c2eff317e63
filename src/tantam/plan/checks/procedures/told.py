"""How a way through a procedure is told: `report → find → decide → (swap) → nowhere`."""

from __future__ import annotations

from tantam.plan.errors import Finding, Severity
from tantam.plan.procedures.net import MEETING
from tantam.plan.procedures.soundness import Trace
from tantam.plan.sections.clauses_procedures import OTHERWISE, Procedure

ARROW = " → "


def way_text(trace: Trace, *after: str) -> str:
    """Return the steps on a way with the branches taken in brackets, then what comes after them."""
    said: list[str] = []
    for move in trace.path:
        if not move.step.endswith(MEETING):
            said.append(move.step)
        if move.when and (move.when != OTHERWISE or not move.missed):
            said.append(f"({move.when})")
    return ARROW.join([*said, *after])


def finding(code: str, severity: Severity, procedure: Procedure, step: str, /, **args: str) -> Finding:
    """Return a finding about a step; its way, if one is told, is the counterexample too."""
    clause = f"procedures.{procedure.name}"
    return Finding(
        code,
        severity,
        procedure.steps[step].work.place if step else procedure.place,
        clause=f"{clause}.steps.{step}" if step else clause,
        args={"procedure": procedure.name, "step": step} | args,
        counterexample={"way": args["way"]} if "way" in args else {},
        remedy=f"{code}_remedy",
    )
