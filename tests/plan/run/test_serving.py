"""Who serves a case: by scope, hours and place; what is not known of a case is nobody's but the house's."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from tantam.plan.run import Served, asked_of, serving
from tantam.plan.sections import Plan, read_text

OPEN, SHUT = datetime(2026, 3, 4, 9, tzinfo=UTC), datetime(2026, 3, 4, 22, tzinfo=UTC)
WRITTEN = """
tantam: 1
company: {name: A, languages: [en], timezone: UTC, currency: EUR}
hours: {day: {mon-fri: "08:00-18:00"}}
channels: {web: {label: Web}, phone: {label: Phone}}
levels: {agent: {handles: [minor]}, chief: {handles: [serious]}}
terms: {region: {one_of: [north, south]}, line: {one_of: [stove, fridge]}}
groups: {old: {when: region = south, care: Slowly}}
topics: {repair: {label: Repair}, advice: {label: Advice}}
providers:
  ours: {kind: in_house, channels: [web, phone], hours: day}
  north: {kind: third_party, topics: [repair], only: {region: [north]}, sampled: 5 %}
  stoves: {kind: third_party, topics: [repair], only: {region: [north], line: [stove]}, sampled: 5 %}
  repairers: {kind: independent, topics: [repair], hours: day, judged_by: [reopened]}
  elders: {kind: third_party, groups: [old], sampled: 5 %}
  program: {kind: ai, topics: [advice], sampled: 5 %}
"""


@cache
def _plan() -> Plan:
    return read_text(WRITTEN)


def _served(topic: str = "repair", *, groups: tuple[str, ...] = (), **values: str) -> Served:
    return Served(topic, "web", "agent", groups=groups, values=values)


@pytest.mark.parametrize(
    ("case", "whose"),
    [
        (_served(), "repairers"),
        (_served(region="south"), "repairers"),
        (_served(region="north"), "north"),
        (_served(region="north", line="stove"), "stoves"),
        (_served(region="north", line="fridge"), "north"),
        (_served("advice"), ""),
        (_served("advice", groups=("old",)), "elders"),
        (_served("", region="north"), ""),
    ],
)
def test_the_narrowest_scope_that_contains_a_case_serves_it(case: Served, whose: str) -> None:
    assert serving(_plan(), case, OPEN) == whose


def test_outside_a_providers_hours_its_cases_are_the_houses() -> None:
    assert serving(_plan(), _served(), OPEN) == "repairers"
    assert serving(_plan(), _served(), SHUT) == ""


def test_who_was_stopped_is_given_nothing_new() -> None:
    case = _served(region="north", line="stove")
    assert serving(_plan(), case, OPEN, without={"stoves"}) == "north"
    assert serving(_plan(), case, OPEN, without={"stoves", "north", "repairers"}) == ""


def test_the_terms_that_tell_providers_apart_are_named_once() -> None:
    assert asked_of(_plan()) == ("region", "line")


def test_scopes_that_never_meet_are_no_finding() -> None:
    from tantam.plan.checks import check

    parted = read_text(WRITTEN.replace("only: {region: [north], line: [stove]}", "only: {region: [south]}"))
    both = [each.args for each in check(parted) if each.code == "K190" and each.args["other"] == "stoves"]
    assert not [each for each in both if each["one"] == "north"]
