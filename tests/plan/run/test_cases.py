"""A plan's own cases are run as they are written, and what is not as expected is named."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tantam.plan.errors import PlanUnreadable
from tantam.plan.files import Source, read_sources
from tantam.plan.run.examples import Verdict, judge, read_examples
from tantam.plan.sections import read
from tests.support.plans import company, shop

ROOT = Path(__file__).parents[3]
TRIALS = ROOT.parent / "shared" / "plan-form" / "trials"
PLAN = shop()
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
BASE = "base: {exchange: {order: W1, price: 100000, seal: no, items: [{name: x}], fault: ours, owned: 12 days}}\n"


def verdicts(cases: str) -> list[Verdict]:
    return [judge(PLAN, each, now=NOW) for each in read_examples(PLAN, Source("cases.yaml", BASE + cases))]


@pytest.mark.parametrize(("trial", "count"), [("retail", 92), ("bgb", 43)])
def test_the_trial_plans_answer_all_their_cases(trial: str, count: int) -> None:
    folder = TRIALS / trial
    if not folder.is_dir():
        pytest.skip("the trial plans lie beside this repository, and are not here")
    plan = read(folder / "plan.yaml")
    (source,) = read_sources(folder / "cases.yaml")
    judged = [judge(plan, each, now=NOW) for each in read_examples(plan, source)]
    assert {each.example.name: dict(each.wrong) for each in judged if not each.passed} == {}
    assert len(judged) == count


def test_the_example_plan_answers_all_its_cases() -> None:
    plan = company("ben-xuan")
    (source,) = read_sources(ROOT / "plans" / "ben-xuan" / "cases.yaml")
    judged = [judge(plan, each, now=NOW) for each in read_examples(plan, source)]
    assert {each.example.name: dict(each.wrong) for each in judged if not each.passed} == {}
    assert len(judged) >= 60


def test_a_case_stands_on_its_policys_base() -> None:
    passed, asks = verdicts(
        "cases:\n"
        "  - {policy: exchange, expect: replace}\n"
        "  - {policy: exchange, facts: {owned: '~'}, expect: {outcome: ask, ask: owned}}\n"
    )
    assert passed.passed and asks.passed


@pytest.mark.parametrize(
    ("expect", "passes"),
    [
        ("{outcome: refund, gets: 90000}", True),
        ("{outcome: refund, gets: 90_000 VND}", True),
        ("{outcome: refund, gets: 90001}", False),
        ("{outcome: refund, within: 3..5 working days}", True),
        ("{outcome: refund, within: 3..6 working days}", False),
        ("{outcome: refund, say: money_back}", True),
        ("{outcome: refund, say: replaced}", False),
        ("{outcome: refund, rule: regret}", True),
        ("{outcome: refund, granted_by: plan, conditional: [seal, items, fault]}", True),
        ("{outcome: refund, law: § 5}", False),
        ("{outcome: replace}", False),
        ("refund", True),
    ],
)
def test_what_is_named_is_compared_by_its_type(expect: str, passes: bool) -> None:
    (verdict,) = verdicts(f"cases: [{{policy: exchange, facts: {{fault: none, owned: 7 days}}, expect: {expect}}}]\n")
    assert verdict.passed is passes


def test_what_was_got_is_said_beside_what_was_expected() -> None:
    (verdict,) = verdicts("cases: [{policy: exchange, name: new, expect: {outcome: repair, within: 1 h}}]\n")
    assert dict(verdict.wrong) == {"outcome": ("repair", "replace"), "within": ("1 h", "at once")}


def test_a_bad_fact_fails_its_case_alone() -> None:
    bad, good = verdicts(
        "cases:\n"
        "  - {policy: exchange, facts: {fault: theirs}, expect: replace}\n"
        "  - {policy: exchange, expect: replace}\n"
    )
    assert not bad.passed and good.passed


@pytest.mark.parametrize(
    ("cases", "code"),
    [
        ("cases: [{policy: exchang, expect: x}]\n", "S05"),
        ("cases: [{policy: exchange, expekt: x}]\n", "S03"),
        ("cases: [{name: x, expect: y}]\n", "S03"),
        ("cases: 3\n", "S04"),
        ("cases: [3]\n", "S04"),
        ("kases: []\n", "S03"),
        ("cases: [\n", "F06"),
    ],
)
def test_wrong_cases_are_findings(cases: str, code: str) -> None:
    with pytest.raises(PlanUnreadable) as caught:
        verdicts(cases)
    assert code in [each.code for each in caught.value.findings]
