"""The branch's plan: three differences from headquarters, no findings, cases that hold."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tantam.plan.checks import check
from tantam.plan.compare import compare
from tantam.plan.files import read_sources
from tantam.plan.run.examples import judge, read_examples
from tests.support.plans import company

PLANS = Path(__file__).parents[2] / "plans"
PLAN = company("ben-xuan-branch")
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)  # Monday, 10:00 in Da Nang
(SOURCE,) = read_sources(PLANS / "ben-xuan-branch" / "cases.yaml")


@pytest.mark.parametrize("example", read_examples(PLAN, SOURCE), ids=lambda each: f"{each.policy}: {each.name}")
def test_case(example: object) -> None:
    assert judge(PLAN, example, now=NOW).wrong == {}


def test_it_has_no_findings() -> None:
    assert [f"{each.place} {each.sentence('en')}" for each in check(PLAN, NOW)] == []


def test_it_differs_from_headquarters_in_what_it_says_and_nowhere_else() -> None:
    changes = compare(company("ben-xuan"), PLAN).changes
    assert {each.clause for each in changes} == {
        "company.name",
        "hours.shop",
        "channels.counter",
        "policies.exchange.decides#transport",
        "policies.exchange.decides#transport_late",
    }
