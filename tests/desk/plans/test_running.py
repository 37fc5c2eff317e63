"""What the desk asks the plan in force: hours, ways in, labels, limits, levels, what pauses, the published page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tantam.desk.plans import limits

WEDNESDAY = datetime(2026, 3, 4, tzinfo=UTC)  # 07:00 in Vietnam


@pytest.mark.parametrize(
    ("hour", "open_"), [(0.99, False), (1, True), (4.99, True), (5, False), (6, True), (11, False)], ids=str
)
def test_somebody_answers_in_the_hours_of_the_promises(plan: Any, hour: float, open_: bool) -> None:
    at = WEDNESDAY + timedelta(hours=hour)
    found = plan.openness(at)
    assert found.open is open_
    assert (found.until if open_ else found.next) > at


def test_ways_in_say_whether_they_are_open(plan: Any) -> None:
    night = {each.name: each.open for each in plan.channels(WEDNESDAY + timedelta(hours=15, minutes=30))}
    assert (night["web"], night["phone"], night["counter"]) == (True, False, False)


def test_levels_are_in_order_and_know_what_they_handle(plan: Any) -> None:
    assert plan.levels() == ("agent", "specialist", "manager", "director")
    assert plan.level_handles("agent", "normal") and not plan.level_handles("agent", "critical")
    assert not plan.level_handles("wizard", "normal")
    assert (plan.next_level("agent"), plan.next_level("director"), plan.next_level("wizard")) == (
        "specialist",
        None,
        None,
    )


@pytest.mark.parametrize(("minor", "allowed"), [(500_000, True), (500_001, False)])
def test_authority_ends_at_its_limit(plan: Any, minor: int, allowed: bool) -> None:
    assert plan.may_grant("agent", "refund", minor, "VND").allowed is allowed


def test_nobody_may_grant_a_kind_that_no_level_names(plan: Any) -> None:
    assert plan.may_grant("director", "castle", 1, "VND").who_may == ()


@pytest.mark.parametrize("kind", ["first_reply", "callback", "call_back"])
def test_what_is_owed_whatever_the_customer_does_never_pauses(plan: Any, kind: str) -> None:
    assert not plan.pauses(kind) and plan.pauses("resolution")


@pytest.mark.parametrize("lang", ["vi", "de", "en"])
def test_everything_has_a_name_in_every_language(plan: Any, lang: str) -> None:
    named = [plan.company(lang), *(plan.level_label(each, lang) for each in plan.levels())]
    named += [plan.policy_label(each, lang) for each in plan.policies()]
    named += [plan.group_label(each, lang) for each in plan.plan.groups]
    named += [plan.term_label("fault", lang), plan.label("fault", "ours", lang)]
    assert all(named) and not any("_" in each for each in named)


def test_limits_say_what_we_do_not_do(plan: Any) -> None:
    refused = limits.rules(plan)
    assert refused and all(limits.met_by(plan, each.topic) for each in refused)
    assert all(limits.label(plan, each.name, "en") and all(limits.words(plan, each, "en")) for each in refused)


def test_policies_of_a_stage(plan: Any) -> None:
    assert set(plan.policies("during")) < set(plan.policies()) and "exchange" in plan.policies("after")


@pytest.mark.parametrize("audience", ["customer", "staff"])
def test_the_page_is_published_for_its_readers(plan: Any, audience: str) -> None:
    assert "<" in plan.body("vi", audience) and "<script" not in plan.body("vi", audience)


def test_groups_and_care_follow_from_facts(plan: Any) -> None:
    from tantam.desk.plans import Standing

    groups = plan.groups(plan.read({"age": "70", "lives_alone": "yes"}, Standing.RECORDED))
    assert {"elderly", "living_alone"} <= set(groups)
    assert {each.group for each in plan.care(groups)} >= {"elderly", "living_alone"}


def test_empty_answers_are_left_out(plan: Any) -> None:
    from tantam.desk.plans import Standing

    assert plan.read({"fault": "", "owned": None}, Standing.TOLD) == {}
