"""Measures, targets and alarms fit what is counted; each in words, at its place."""

from __future__ import annotations

import operator
from pathlib import Path

import pytest

from tantam.plan.checks import check
from tantam.plan.errors import PlanUnreadable
from tantam.plan.sections import read_text
from tantam.plan.sections.bounds import Bound, read_bound, read_minutes
from tantam.plan.sections.counted import COUNTED
from tests.plan.checks.plans import HEAD, codes, findings


@pytest.mark.parametrize(
    ("written", "unit", "direction", "bound"),
    [
        (">= 95 %", "share", "up", Bound(">=", 0.95, "share")),
        ("95 %", "share", "up", Bound(">=", 0.95, "share")),
        ("0.95", "share", "up", Bound(">=", 0.95, "share")),
        ("5 %", "share", "down", Bound("<=", 0.05, "share")),
        ("≤ 2,5 %", "share", "down", Bound("<=", 0.025, "share")),
        ("<= 60 min", "minutes", "down", Bound("<=", 60, "minutes")),
        ("< 4 h", "minutes", "down", Bound("<", 240, "minutes")),
        ("1_000 min", "minutes", "down", Bound("<=", 1000, "minutes")),
        ("> 2 days", "minutes", "down", Bound(">", 2880, "minutes")),
        ("<= 2 working days", "minutes", "down", "working_days"),
        ("<= 4 h", "share", "down", "unit"),
        ("90 %", "minutes", "down", "unit"),
        ("60", "minutes", "down", "unit"),
        ("soon", "minutes", "down", "unreadable"),
        ("", "share", "up", "unreadable"),
    ],
)
def test_a_bound_is_read_in_the_unit_of_its_measure(written: str, unit: str, direction: str, bound: object) -> None:
    assert read_bound(written, unit, direction) == bound


@pytest.mark.parametrize("sign", [">=", "<=", ">", "<"])
def test_a_bound_holds_as_its_sign_says(sign: str) -> None:
    compare = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}[sign]
    found = [Bound(sign, 0.5, "share").holds(value) for value in (0.4, 0.5, 0.6)]
    assert found == [compare(value, 0.5) for value in (0.4, 0.5, 0.6)]


def test_a_span_is_minutes() -> None:
    assert [read_minutes(each) for each in ("14 days", "8 h", "1.5 h", "2 weeks")] == [20160, 480, 90, 20160]
    assert [read_minutes(each) for each in ("14", "2 working days", "a while", "1 month")] == [None] * 4


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        ("K80", "promises_kept: {alarm: < 4 h}", "promises_kept: {alarm: < 90 %}"),
        ("K80", "first_reply: {alarm: later}", "first_reply: {alarm: '> 4 h'}"),
        ("K81", "resolution: {alarm: '> 2 working days'}", "resolution: {alarm: '> 18 h'}"),
        ("K82", "first_reply: {unit: '%'}", "first_reply: {unit: h}"),
        ("K82", "escalated: {unit: days}", "escalated: {unit: '%'}"),
        ("K83", "escalated: {direction: higher}", "escalated: {direction: lower}"),
        ("K84", "backlog_age: {exclusions: [weekends]}", "backlog_age: {exclusions: [waiting]}"),
        ("K85", "escalated: {alarm: < 10 %}", "escalated: {alarm: '> 10 %'}"),
        ("K86", "escalated: {topics: [x]}", "complaint_rate: {topics: [x]}"),
        ("K87", "return_rate: {unit: '%'}", "return_rate: {outcomes: [x]}"),
        ("K88", "escalated: {alarm: '>= 0 %'}", "escalated: {alarm: '> 0 %'}"),
        ("K89", "escalated: {alarm: '> 100 %'}", "escalated: {alarm: '>= 100 %'}"),
    ],
)
def test_a_measure_that_does_not_fit_is_told_at_its_place(tmp_path: Path, code: str, wrong: str, right: str) -> None:
    found = [each for each in findings(tmp_path, f"measures: {{{wrong}}}\n") if each.code == code]
    assert len(found) == 1 and found[0].place.line == 4
    assert codes(findings(tmp_path, f"measures: {{{right}}}\n"), "K8") == []


def test_a_measure_built_on_another_is_checked_as_that_one(tmp_path: Path) -> None:
    own = "measures: {answered: {of: promises_kept, unit: min}}\n"
    goal = 'goals: {g: {aim: A, measure: answered, target: "<= 4 h"}}\n'
    assert codes(findings(tmp_path, own + goal), "K8") == ["K82", "K80"]
    assert codes(findings(tmp_path, own.replace("min", "'%'") + goal.replace("<= 4 h", ">= 90 %")), "K8") == []


def test_what_is_not_counted_may_have_any_target(tmp_path: Path) -> None:
    own = "measures: {smiles: {words: Smiles, unit: faces, alarm: too few}}\n"
    own += 'goals: {g: {aim: A, measure: smiles, target: "4 of 5"}}\n'
    assert codes(findings(tmp_path, own), "K3") + codes(findings(tmp_path, own), "K8") == ["K32"]


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("first_reply: {clock: ofice}", "S05"),
        ("fast: {of: first_replies}", "S05"),
        ("promises_kept: {promise: nothing}", "S06"),
        ("complaint_rate: {topics: [complain]}", "S05"),
        ("return_rate: {outcomes: [refundd]}", "S05"),
        ("reopened: {within: a while}", "S04"),
        ("reopened: {within: 3 working days}", "S04"),
    ],
)
def test_a_name_that_a_measure_uses_must_be_there(field: str, code: str) -> None:
    text = HEAD + (
        "hours: {office: {mon: '08:00-12:00'}}\n"
        "terms: {topic: {one_of: {complaint: Complaint, other: Other}, from: case.topic}}\n"
        "policies: {money: {decides: {outcome: refund}}}\n"
    )
    read_text(
        text + "measures: {complaint_rate: {topics: complaint}, return_rate: {outcomes: [refund, money.refund]}}\n"
    )
    with pytest.raises(PlanUnreadable) as unreadable:
        read_text(f"{text}measures: {{{field}}}\n")
    assert [each.code for each in unreadable.value.findings] == [code]


@pytest.mark.parametrize("kind", ["{one_of: {complaint: Complaint, other: Other}", "{one_of: [complaint, other]"])
def test_topics_are_the_values_of_the_term_whether_they_have_labels_or_not(kind: str) -> None:
    text = (
        f"{HEAD}terms: {{topic: {kind}, from: case.topic}}}}\nmeasures: {{complaint_rate: {{topics: [complaint]}}}}\n"
    )
    assert read_text(text).case_topics == ("complaint", "other")


def test_goals_and_alarms_are_typed() -> None:
    plan = read_text(
        HEAD
        + "measures: {promises_kept: {alarm: < 90 %}, quick: {of: first_reply, alarm: 2 h}}\n"
        'goals: {a: {aim: A, measure: quick, target: "<= 30 min"}, b: {aim: B, measure: smiles, target: 3}, '
        "c: {aim: C, measure: promises_kept, target: 98 %}}\nneeds: {}\n".replace(
            "measure: smiles", "measure: resolution"
        )
    )
    assert plan.measures["promises_kept"].alarm == Bound("<", 0.9, "share")
    assert plan.measures["quick"].alarm == Bound(">=", 120, "minutes")
    assert [each.bound for each in plan.goals.values()] == [
        Bound("<=", 30, "minutes"),
        None,
        Bound(">=", 0.98, "share"),
    ]


@pytest.mark.parametrize("name", COUNTED)
def test_an_alarm_without_a_sign_rings_where_it_is_bad(name: str) -> None:
    known = COUNTED[name]
    plan = read_text(f"{HEAD}measures: {{{name}: {{alarm: '{'50 %' if known.unit == 'share' else '4 h'}'}}}}\n")
    alarm = plan.measures[name].alarm
    assert alarm is not None and alarm.least is (known.direction == "down")
    assert codes(check(plan), "K85") == []
