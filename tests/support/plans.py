"""The plans of the repository, read once a test run: they are frozen, so all tests may hold the same."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tantam.plan.sections import Plan, read
from tests.support.sources import ROOT

SHOP = ROOT / "tests" / "plan" / "samples" / "shop.yaml"


@cache
def plan_in(path: Path) -> Plan:
    """Return the plan in a file or folder that no test writes. Raises PlanUnreadable."""
    return read(path)


def company(name: str) -> Plan:
    """Return the plan of an example company."""
    return plan_in(ROOT / "plans" / name)


def shop() -> Plan:
    """Return the plan that most tests of the engine ask."""
    return plan_in(SHOP)
