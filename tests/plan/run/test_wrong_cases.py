"""A file of cases says what is wrong in it and where; a case says what was got beside what was expected."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from tantam.plan.errors import PlanUnreadable, Severity
from tantam.plan.files import Source
from tantam.plan.run.examples import Example, judge, read_examples
from tests.support.plans import shop

PLAN = shop()
WRITTEN = yaml.safe_load(Path(__file__).with_name("wrong_cases.yaml").read_text("utf-8"))
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
BASE = "base: {exchange: {order: W1, price: 100000, seal: no, items: [{name: x}], fault: ours, owned: 12 days}}\n"


def examples(text: str) -> tuple[Example, ...]:
    return read_examples(PLAN, Source("cases.yaml", text))


def wrong(case: str) -> dict[str, tuple[str, str]]:
    """Return what went wrong with one case of the exchange, `{facts: …, expect: …}` without its braces."""
    (example,) = examples(f"{BASE}cases: [{{policy: exchange, {case}}}]\n")
    return dict(judge(PLAN, example, now=NOW).wrong)


@pytest.mark.parametrize("case", WRITTEN, ids=lambda case: case["text"])
def test_a_wrong_file_says_where_it_is_wrong(case: dict[str, Any]) -> None:
    with pytest.raises(PlanUnreadable) as caught:
        examples(case["text"])
    assert [
        {
            "code": each.code,
            "at": f"{each.place.line}:{each.place.column}",
            "args": {name: str(value) for name, value in each.args.items()},
        }
        for each in caught.value.findings
    ] == case["findings"]
    assert {each.severity for each in caught.value.findings} == {Severity.ERROR}


def test_a_case_is_called_by_its_name_else_by_its_policy_and_stands_where_it_is_written() -> None:
    named, unnamed, *both = examples(
        "cases:\n- {name: A lamp, policy: exchange, expect: replace, facts: {fault: ours}}\n"
        "- {policy: late, expect: {law: x}}\n- {policies: [advice, cover], expect: none}\n"
    )
    assert (named.name, named.policy, named.expect, named.facts) == (
        "A lamp",
        "exchange",
        {"outcome": "replace"},
        {"fault": "ours"},
    )
    assert (unnamed.name, unnamed.expect) == ("late", {"law": "x"})
    assert [each.policy for each in both] == ["advice", "cover"]
    assert [each.place.line for each in (named, unnamed, *both)] == [2, 3, 4, 4]


def test_what_a_case_writes_counts_before_its_policys_base() -> None:
    (example,) = examples(f"{BASE}cases: [{{policy: exchange, facts: {{fault: none, owned: 8 days}}, expect: none}}]\n")
    assert (example.facts["fault"], example.facts["order"]) == ("none", "W1")


def test_the_moment_is_the_cases_own_else_that_of_the_file_else_of_who_asks() -> None:
    own, files = examples(
        "now: 2026-01-01T00:00\ncases:\n"
        "- {policy: late, expect: x, now: 2026-02-02T00:00Z}\n- {policy: late, expect: x}\n"
    )
    assert (own.now, files.now) == ("2026-02-02T00:00Z", "2026-01-01T00:00")
    late = "- {policy: late, facts: {handed_on: 2026-10-22}, expect: %s%s}\n"
    for now, outcome in (
        ("", "replace"),
        (", now: 2026-11-22T00:00", "decline"),
        (", now: 2026-11-21T16:59Z", "replace"),
    ):
        (example,) = examples("cases:\n" + late % (outcome, now))
        assert judge(PLAN, example, now=NOW).passed, now


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("expect: replace", {}),
        ("expect: ~, facts: {fault: none, owned: 8 days}", {"outcome": ("–", "none")}),
        ("expect: repair", {"outcome": ("repair", "replace")}),
        ("expect: {by: plan, granted_by: plan, pinned: case, action: send_new, confirm: yes}", {}),
        ("expect: {by: agent}", {"by": ("agent", "plan")}),
        ("expect: {confirm: no}", {"confirm": ("no", "yes")}),
        ("expect: {rule: faulty, clause: policies.exchange.decides#faulty}", {}),
        ("expect: {clause: policies.exchange}", {"clause": ("policies.exchange", "policies.exchange.decides#faulty")}),
        ("expect: {say: replaced}", {}),
        ("expect: {say: [replaced]}", {}),
        ("expect: {say: [replaced, more]}", {"say": ("[replaced, more]", "[replaced]")}),
        ("expect: {conditional: [seal, items, fault], waits_for: []}", {}),
        ("expect: {conditional: []}", {"conditional": ("[]", "[seal, items, fault]")}),
        ("expect: {gets: ~}", {}),
        ("expect: {gets: 5}", {"gets": ("5", "–")}),
        ("expect: {within: at once}", {}),
        ("expect: {within: 0 days}", {}),
        ("expect: {within: ~}", {"within": ("–", "at once")}),
        ("expect: {ask: ~}", {}),
        ("expect: {ask: order}, facts: {order: '~'}", {}),
        ("expect: {nothing: 5}", {"nothing": ("5", "–")}),
    ],
)
def test_what_is_expected_is_compared_by_its_meaning(case: str, told: dict[str, tuple[str, str]]) -> None:
    assert wrong(case) == told


@pytest.mark.parametrize(
    ("expect", "passes"),
    [
        ("[{item: price, gets: 100000}, {item: shipping, gets: 20 VND}]", True),
        ("[{item: price}, {gets: 20}]", True),
        ("[{item: price}]", False),
        ("[{item: price}, {item: post}]", False),
        ("[price, shipping]", False),
        ("{total: 100020}", True),
        ("{total: 100021 VND}", False),
        ("{items: [{row: goods}, {row: post}]}", True),
        ("{waits_for: [goods_back], starts: claim.received_on}", True),
    ],
)
def test_collected_items_are_compared_one_by_one(expect: str, passes: bool) -> None:
    (example,) = examples(
        f"cases: [{{policy: refund, facts: {{fault: ours, price: 100000, shipping: 20}}, expect: {expect}}}]\n"
    )
    assert judge(PLAN, example, now=NOW).passed is passes


def test_a_fact_that_cannot_be_read_fails_its_case_with_the_reason() -> None:
    told = wrong("facts: {fault: theirs}, expect: replace")
    assert list(told) == ["facts"] and told["facts"][0] == "–" and "theirs" in told["facts"][1]
    assert "colour" in wrong("facts: {colour: red}, expect: replace")["facts"][1]
