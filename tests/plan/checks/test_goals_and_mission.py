"""Goals have a measure, and the plan opens with a commitment."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tantam.history.measures import definitions
from tantam.plan.checks import check
from tantam.plan.checks.aims.goals import PROVIDED
from tantam.plan.errors import Severity
from tantam.plan.sections import read
from tests.plan.checks.plans import HEAD, codes, findings
from tests.support.plans import company

GOAL = 'goals: {{quick: {{aim: Quick answers, measure: {measure}, target: "<= 60 min", by: 2027-06-30}}}}\n'


def test_a_goal_without_its_measure_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    (found,) = (each for each in findings(tmp_path, GOAL.format(measure="first_replies")) if each.code == "K30")
    assert (found.args["near"], found.remedy, found.severity) == ("first_reply", "K30_near_remedy", Severity.ERROR)
    assert found.place.line == 4


def test_measures_of_the_plan_and_of_the_product_exist(tmp_path: Path) -> None:
    own = "measures: {smiles: {words: How many smile}}\n"
    assert codes(findings(tmp_path, own + GOAL.format(measure="smiles")), "K3") == ["K32"], "told, but not counted"
    assert [codes(findings(tmp_path, GOAL.format(measure=name)), "K3") for name in PROVIDED] == [[]] * len(PROVIDED)


def test_what_the_product_provides_is_what_history_measures() -> None:
    plan = company("ben-xuan")
    assert set(PROVIDED) <= set(definitions(plan))


def test_a_goal_whose_date_is_past_gets_a_note_once_the_day_is_known(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(HEAD + GOAL.format(measure="resolution"), encoding="utf-8")
    plan = read(tmp_path / "plan.yaml")
    days = [None, datetime(2027, 6, 30, 20, tzinfo=UTC), datetime(2027, 6, 30, 23, tzinfo=UTC)]
    assert [codes(check(plan, day), "K31") for day in days] == [[], [], ["K31"]], "in Berlin it is July by then"


def test_a_plan_without_mission_or_commitment_gets_notes(tmp_path: Path) -> None:
    bare = HEAD.replace("mission: We serve our customers.\n", "")
    policy = "policies: {p: {decides: {outcome: nothing}}}\n"
    found = [each for each in findings(tmp_path, policy, head=bare) if each.code.startswith("K4")]
    assert [each.code for each in found] == ["K40", "K42"]
    assert {each.severity for each in found} == {Severity.NOTE}
    off = HEAD.replace("We serve our customers.", "Growth and profit.")
    assert codes(findings(tmp_path, "", head=off), "K4") == ["K41"]


def test_findings_come_in_the_order_of_their_places(tmp_path: Path) -> None:
    text = GOAL.format(measure="nothing") + "levels: {a: {}, b: {}}\n" + 'hours: {h: {mon: "08:00-12:00"}}\n'
    found = findings(tmp_path, text + "channels: {c: {hours: h}}\n")
    assert [each.code for each in found] == ["K30", "K20", "K10"]
    assert [each.place for each in found] == sorted(each.place for each in found)


def test_the_example_company_has_nothing_to_mend() -> None:
    plan = company("ben-xuan")
    assert [each.sentence() for each in check(plan) if each.severity is not Severity.NOTE] == []
