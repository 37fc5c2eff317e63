"""Serving costs so much a case and an hour, as the plan says, and what was granted."""

from __future__ import annotations

import pytest

from tantam.plan.run.costing import Served, cost
from tantam.plan.tables.values import Amount
from tests.plan.sections.test_free_sections import plan

COSTS = "costs: {a: {amount: 2 EUR, per: case}, h: {amount: 30 EUR, per: hour}, x: {amount: 9 EUR, per: exchange}}\n"


@pytest.mark.parametrize(
    ("served", "minor"),
    [(Served(3, 0, 0), 600), (Served(0, 1800, 0), 1500), (Served(1, 1, 250), 451), (Served(0, 0, 0), 0)],
)
def test_cases_hours_and_grants_add_up(served: Served, minor: int) -> None:
    assert cost(plan(COSTS), served) == Amount(minor, "EUR")


@pytest.mark.parametrize("written", ["", "costs: {x: {amount: 9 EUR, per: exchange}}\n"])
def test_plan_without_a_cost_of_case_or_hour_says_nothing(written: str) -> None:
    assert cost(plan(written), Served(5, 5, 5)) is None
