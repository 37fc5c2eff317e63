"""Why somebody is in a group, which cell of the profile takes them, and how far the customers are from it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tantam.plan.run.belonging import OTHERWISE, UNKNOWN, Ground, belonging
from tantam.plan.run.fit import fit
from tantam.plan.run.groups import groups_of
from tests.support.plans import company

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SHARES = [("young", 0.25), ("old", 0.75)]


@pytest.mark.parametrize(
    ("facts", "groups"),
    [
        ({"age": 71}, {"elderly": (Ground("age", "71", ">=", "65"),)}),
        ({"age": 64}, {}),
        ({"lives_alone": True}, {"living_alone": (Ground("lives_alone", "yes"),)}),
        ({"customer_kind": "business"}, {"business": (Ground("customer_kind", "business"),)}),
        ({"purchases": 7}, {"loyal": (Ground("purchases", "7", ">=", "5"),)}),
        (
            {"purchases": 7, "spent_last_year": "20000000 VND"},
            {"loyal": (Ground("spent_last_year", "20000000 VND", ">=", "20000000 VND"),)},
        ),
    ],
)
def test_because_names_the_fact_that_decided_and_its_bound(facts: dict[str, Any], groups: dict[str, Any]) -> None:
    found = belonging(company("ben-xuan"), facts, now=NOW)
    assert found.groups == groups
    assert tuple(found.groups) == groups_of(company("ben-xuan"), facts, now=NOW)


def test_all_groups_of_all_companies_give_a_because() -> None:
    facts = {"public-office": {"age": 71, "speaks": "english"}, "telecom": {"tenure": 3, "fee": "120 EUR", "age": 80}}
    for name, known in facts.items():
        found = belonging(company(name), known, now=NOW)
        assert found.groups and all(found.groups.values()), name


@pytest.mark.parametrize(
    ("tenure", "cell"), [(12, "<= 12"), (13, "13..24"), (24, "13..24"), (60, "25..60"), (61, "> 60"), (None, UNKNOWN)]
)
def test_trait_is_counted_in_the_cell_that_takes_it(tenure: int | None, cell: str) -> None:
    known = {} if tenure is None else {"tenure": tenure}
    assert belonging(company("telecom"), known, now=NOW).traits["how_long"] == cell


def test_list_of_values_is_one_cell() -> None:
    found = belonging(company("public-office"), {"speaks": "polish"}, now=NOW)
    assert found.traits["which_language"] == "polish, vietnamese, english"


def test_fit_is_the_share_that_would_have_to_be_elsewhere() -> None:
    found = fit(SHARES, {"young": 50, "old": 50, UNKNOWN: 10})
    assert (found.known, found.unknown, found.apart) == (100, 10, 0.25)
    assert fit(SHARES, {"young": 1, "old": 3}).apart == 0


def test_what_the_plan_does_not_expect_is_apart() -> None:
    found = fit(SHARES, {"old": 75, "young": 20, OTHERWISE: 5})
    assert found.apart == pytest.approx(0.05)
    assert found.shares[-1] == (OTHERWISE, 0.0, 0.05)


def test_nobody_known_fits_neither_well_nor_badly() -> None:
    found = fit(SHARES, {UNKNOWN: 3})
    assert (found.known, found.unknown, found.apart, found.by_chance) == (0, 3, None, None)


def test_chance_says_less_the_more_are_known() -> None:
    few, many = fit(SHARES, {"old": 10}), fit(SHARES, {"old": 1000})
    assert few.by_chance is not None and many.by_chance is not None
    assert few.by_chance == pytest.approx(10 * many.by_chance)
