"""A case is placed by the plan's table; a customer is in every group whose condition holds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tantam.plan.errors import BadFact, PlanUnreadable, UnknownName
from tantam.plan.run import care, escalate, groups_if_known, groups_of, may_grant, triage
from tantam.plan.sections import read, read_text
from tantam.plan.tables.values import Amount
from tests.support.plans import shop

PLAN = shop()
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def test_the_table_places_a_case_and_says_by_which_rule() -> None:
    placed = triage(PLAN, {"topic": "fire"}, now=NOW)
    assert (placed.stage, placed.severity, placed.level) == ("after", "critical", "chief")
    assert placed.because.clause == "triage#fire"


def test_a_customers_group_places_it_too() -> None:
    assert triage(PLAN, {"topic": "question", "age": "70"}, now=NOW).severity == "serious"


def test_without_a_row_it_goes_the_usual_way_to_the_lowest_level_that_handles_it() -> None:
    placed = triage(PLAN, {}, now=NOW)
    assert (placed.stage, placed.severity, placed.level) == ("after", "minor", "agent")
    assert placed.because.key == "B_triage_usual"


def test_a_level_may_grant_up_to_its_limit_and_not_a_dong_more() -> None:
    assert may_grant(PLAN, "agent", "refund", "500000 VND").allowed
    refused = may_grant(PLAN, "agent", "refund", Amount(500_001, "VND"))
    assert not refused.allowed
    assert (refused.limit, refused.who_may) == (Amount(500_000, "VND"), ("specialist", "chief", "owner"))
    assert refused.because.clause == "levels.agent.authority.refund"
    assert "500.001 ₫" in refused.because.text("vi")


def test_a_kind_without_a_limit_may_not_be_granted_at_all() -> None:
    grant = may_grant(PLAN, "agent", "goodwill", "1 VND")
    assert (grant.allowed, grant.limit, grant.who_may) == (False, None, ("specialist",))
    assert may_grant(PLAN, "agent", "voucher", "1 VND").who_may == ()


def test_amounts_and_levels_are_read_strictly() -> None:
    with pytest.raises(BadFact):
        may_grant(PLAN, "agent", "refund", "5 EUR")
    with pytest.raises(UnknownName):
        may_grant(PLAN, "boss", "refund", "5 VND")


def test_cases_escalate_by_reason() -> None:
    assert escalate(PLAN, "agent") == "specialist"
    assert escalate(PLAN, "specialist") == "chief"
    assert escalate(PLAN, "specialist", why="authority") == "owner"
    assert escalate(PLAN, "chief") is None
    with pytest.raises(UnknownName):
        escalate(PLAN, "boss")


def test_groups_are_those_whose_condition_is_known_to_hold() -> None:
    assert groups_of(PLAN, {"age": "65"}, now=NOW) == ("elderly",)
    assert groups_of(PLAN, {"age": "29"}, now=NOW) == ("young",)
    assert groups_of(PLAN, {}, now=NOW) == ()


def test_whether_an_unknown_fact_decides_is_told_apart_from_no_group() -> None:
    assert groups_if_known(PLAN, {"age": "65"}, now=NOW) == ("elderly",)
    assert groups_if_known(PLAN, {"age": "40"}, now=NOW) == ()
    assert groups_if_known(PLAN, {}, now=NOW) is None


def test_a_promise_that_was_missed_is_why_a_case_goes_up_if_nothing_is_said() -> None:
    text = (Path(__file__).parents[1] / "samples" / "shop.yaml").read_text(encoding="utf-8")
    plan = read_text(text.replace("escalates_to: specialist", "escalates_to: {missed: chief, authority: owner}"))
    assert (escalate(plan, "agent"), escalate(plan, "agent", why="authority")) == ("chief", "owner")


def test_care_comes_with_the_group_in_each_language() -> None:
    (cared,) = care(PLAN, ["young", "elderly"])
    assert (cared.group, cared.words["vi"]) == ("elderly", "Gọi điện.")


def test_of_groups_that_exclude_each_other_the_first_counts() -> None:
    text = (Path(__file__).parents[1] / "samples" / "shop.yaml").read_text(encoding="utf-8")
    both = text.replace("young: {when: age < 30}", "young: {when: age > 60, exclusive: elderly}")
    assert groups_of(read_text(both), {"age": "65"}, now=NOW) == ("elderly",)
    assert groups_of(read_text(both.replace(", exclusive: elderly", "")), {"age": "65"}, now=NOW) == (
        "elderly",
        "young",
    )


@pytest.mark.parametrize("terms", ["w: group has old", "{number: any, ask: N?}"])
def test_a_group_that_asks_for_groups_is_refused_for_nobody_would_be_in_it(tmp_path: Path, terms: str) -> None:
    when = "w" if terms.startswith("w") else "group has young"
    written = tmp_path / "plan.yaml"
    written.write_text(
        "tantam: 1\ncompany: {name: Shop, languages: [en], timezone: Europe/Berlin, currency: EUR}\n"
        f"terms: {{{terms if terms.startswith('w') else 'n: ' + terms}}}\n"
        f"groups: {{old: {{when: {when}}}, young: {{}}}}\n"
    )
    with pytest.raises(PlanUnreadable) as caught:
        read(written)
    assert [(each.code, each.place.line) for each in caught.value.findings] == [("S17", 4)]
