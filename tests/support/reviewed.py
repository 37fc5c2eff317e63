"""The example's plan with every conversation drawn to be reviewed, put in force beside the usual one."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from tantam.desk.common import clock
from tantam.desk.plans import RunningPlan, in_force, versions
from tantam.desk.plans.models import PlanVersion
from tantam.plan import sections
from tests.support.desk import FROZEN_ON
from tests.support.sources import ROOT

USUAL = "    sample: 2 % of conversations\n"
EVERY = "    sample: 100 % of conversations\n"
FOUR_EYES = f"{EVERY}    four_eyes: true\n"
BY_SPECIALISTS = f"{EVERY}    by: specialist\n    within: 2 days\n"
MARKS = {"heard": "yes", "named": "no", "right": "yes", "time": "yes"}  # 88 points
NUMBERS = {EVERY: 71, FOUR_EYES: 72, BY_SPECIALISTS: 73}


def draw_all(form: str = EVERY) -> RunningPlan:
    """Put the plan in force from now on in which a form says so."""
    digest, frozen = _frozen(form)
    number, now = NUMBERS[form], clock.now()
    known = versions.thawed(number)
    if known is not None and known.row.hash != digest:
        versions.forget(number)
    PlanVersion.objects.create(number=number, hash=digest, frozen=frozen, in_force_from=now, enacted_at=now)
    return in_force(now)


@cache
def _frozen(form: str) -> tuple[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(shutil.copytree(ROOT / "plans" / "ben-xuan", Path(folder) / "ben-xuan"))
        people = copied / "people.yaml"
        written = people.read_text(encoding="utf-8")
        assert USUAL in written
        people.write_text(written.replace(USUAL, form), encoding="utf-8")
        plan = sections.read(copied)
    return plan.hash, sections.freeze(plan, version=NUMBERS[form], today=FROZEN_ON)
