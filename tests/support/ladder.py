"""The example's plan with other words about its agents' level, in force for a test."""

from __future__ import annotations

import shutil
from pathlib import Path

from tantam.desk.plans import RunningPlan, in_force, versions
from tantam.desk.plans.models import PlanVersion
from tantam.plan import sections
from tests.support.desk import FROZEN_ON, LONG_AGO
from tests.support.sources import ROOT

AGENTS = "    escalates_to: specialist\n"


def with_agents(folder: Path, words: str, number: int = 1) -> RunningPlan:
    """Put in force what the example says, with `words` in place of where its agents' cases go up to."""
    copied = folder / "plan"
    shutil.copytree(ROOT / "plans/ben-xuan", copied)
    plan = copied / "plan.yaml"
    text = plan.read_text(encoding="utf-8")
    assert text.count(AGENTS) == 1
    plan.write_text(text.replace(AGENTS, f"    {words}\n"), encoding="utf-8")
    read = sections.read(copied)
    versions.forget(number)
    frozen = sections.freeze(read, version=number, today=FROZEN_ON)
    PlanVersion.objects.create(
        number=number, hash=read.hash, frozen=frozen, in_force_from=LONG_AGO, enacted_at=LONG_AGO
    )
    return in_force()
