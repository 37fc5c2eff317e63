"""The example company's plan: no findings, cases for every row, whole in three languages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tantam.plan.checks import check
from tantam.plan.files import read_sources
from tantam.plan.run import decide, open_now, owed, triage
from tantam.plan.run.examples import judge, read_examples
from tantam.plan.sections import read

FOLDER = Path(__file__).parents[2] / "plans" / "ben-xuan"
PLAN = read(FOLDER)
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)  # Monday, 10:00 in Ho Chi Minh City
(SOURCE,) = read_sources(FOLDER / "cases.yaml")
EXAMPLES = read_examples(PLAN, SOURCE)
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each.policy}: {each.name}")
def test_case(example: object) -> None:
    assert judge(PLAN, example, now=NOW).wrong == {}  # type: ignore[arg-type]


def test_it_has_no_findings() -> None:
    assert [f"{each.place} {each.sentence('en')}" for each in check(PLAN, NOW)] == []


def test_every_row_of_every_policy_has_a_case() -> None:
    fired = {decide(PLAN, each.policy, each.facts, now=NOW).because.clause for each in EXAMPLES}
    rows = {
        f"{policy.decides.name}#{row.name}"
        for policy in PLAN.policies.values()
        if policy.decides
        for row in policy.decides.rows
    }
    assert rows - fired == set()


def test_every_policy_asks_for_what_it_does_not_know() -> None:
    for name in PLAN.policies:
        answer = decide(PLAN, name, {}, now=NOW)
        assert (answer.outcome, bool(answer.ask)) == ("ask", True), name


def test_there_is_a_policy_at_every_stage() -> None:
    assert {each.stage for each in PLAN.policies.values()} == {"before", "during", "after"}
    assert {each.kind for each in PLAN.policies.values()} >= {
        "consultation",
        "exchange",
        "refund",
        "warranty",
        "goodwill",
    }


@pytest.mark.parametrize("key", sorted(PLAN.texts))
def test_a_text_names_the_same_facts_in_every_language(key: str) -> None:
    words = PLAN.texts[key]
    assert set(words) == {"vi", "de", "en"}
    assert len({frozenset(PLACEHOLDER.findall(each)) for each in words.values()}) == 1


def test_whatever_a_text_names_its_outcome_carries() -> None:
    for example in EXAMPLES:
        answer = decide(PLAN, example.policy, example.facts, now=NOW)
        for key in answer.say:
            named = set(PLACEHOLDER.findall(PLAN.text(key, "en")))
            assert named <= set(answer.outputs) | {"within"}, (example.name, key)


def test_no_text_blames_the_customer_or_commands() -> None:
    never = re.compile(
        r"yêu cầu quý khách|mong thông cảm|\bbạn\b|Sie müssen|wie bereits erwähnt|wir entschuldigen uns|you must|!"
    )
    found = [(key, lang) for key, words in PLAN.texts.items() for lang, each in words.items() if never.search(each)]
    assert found == []


def test_older_customers_get_an_answer_within_half_an_hour() -> None:
    placed = {"severity": "minor", "group": "elderly"}
    due = {each.kind: each for each in owed(PLAN, placed, start=NOW)}
    assert due["first_reply"].minutes == 30
    assert due["first_reply"].because.rule == "reply_elderly"


def test_danger_goes_to_the_manager_and_is_reported_every_hour() -> None:
    placed = triage(PLAN, {"topic": "faulty", "danger": "yes"}, now=NOW)
    assert (placed.severity, placed.level) == ("critical", "manager")
    due = {each.kind: each for each in owed(PLAN, {"severity": "critical", "group": ""}, start=NOW)}
    assert due["update"].every_minutes == 60
    assert due["update"].clock == "online"


def test_the_night_shift_of_saturday_lasts_into_sunday() -> None:
    assert open_now(PLAN, "hotline", now=datetime(2026, 11, 21, 18, 30, tzinfo=UTC)).open  # Sunday, 01:30 there
    assert not open_now(PLAN, "hotline", now=datetime(2026, 11, 21, 19, 30, tzinfo=UTC)).open
