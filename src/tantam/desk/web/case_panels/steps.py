"""Where the case stands in its procedure, and the next step ready to be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk.procedures.models import Run
from tantam.desk.web.panels import Shown, panel
from tantam.desk.web.steps import choices, last_run, steps_of, walker_for


@panel("steps", "left", 10)
def steps(shown: Shown) -> Mapping[str, Any] | None:
    """Show the procedure under way, or the last one; else the choice to begin one; None if the plan has none."""
    run = last_run(shown.case)
    running = run is not None and run.state == Run.State.RUNNING
    others = choices(shown.case, shown.plan, shown.lang, run.procedure if run and running else "")
    if run is None and not others:
        return None
    walker = walker_for(run, shown.case, shown.now) if run else None
    return {
        "case": shown.case,
        "steps": steps_of(run, walker, shown.person, shown.lang, shown.typed) if run and walker else None,
        "running": running,
        "others": others,
        "older": run is not None and run.plan_version_id != shown.plan.number,
        "typed": shown.typed,
    }
