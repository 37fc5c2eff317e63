"""In which of the plan's languages somebody is spoken to."""

from __future__ import annotations

from tantam.desk.plans.running import RunningPlan


def language_for(plan: RunningPlan, wished: str) -> str:
    """Return the language that somebody wishes if the plan speaks it, else the plan's first. wished: a code or ""."""
    return wished if wished in plan.languages else plan.languages[0]
