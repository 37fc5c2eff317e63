"""The companies in plans/: each has no findings, cases for every row, and is whole in three languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tantam.plan.checks import check
from tantam.plan.files import read_sources
from tantam.plan.run import Answer, decide
from tantam.plan.run.examples import Example, judge, read_examples
from tantam.plan.sections import Plan
from tests.support.plans import company

PLANS = Path(__file__).parents[2] / "plans"
NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)  # a Tuesday, by day in Việt Nam and at night in Germany
FEWEST_CASES = {
    "ben-xuan": 60,
    "hotel": 50,
    "it-service": 60,
    "public-office": 50,
    "retail-store": 80,
    "software-house": 50,
    "support-cloud": 30,
    "telecom": 60,
    "weekday-team": 25,
}
COMPANIES = {name: company(name) for name in FEWEST_CASES}
LANGUAGES = {"vi", "de", "en"}
SECTIONS = (
    *("mission", "profile", "needs", "groups", "goals", "limits", "hours", "channels", "levels", "triage", "promises"),
    *("policies", "procedures", "follow_ups", "surveys", "knowledge", "training", "providers", "internal"),
    *("recognition", "measures", "review", "conduct", "courtesy"),
)
MEASURES = {
    *("promises_kept", "first_reply", "resolution", "reopened", "reassigned", "repeat_contact", "complaint_rate"),
    *("return_rate", "backlog_age", "escalated"),
}
PLACEHOLDER = re.compile(r"\{(\w+)\}")
NEVER = re.compile(
    r"yêu cầu (quý khách|anh)|mong thông cảm|(?<!khách sạn )\bbạn\b(?! bè)|lỗi người dùng"
    r"|you must|user error|calm down|!"
    r"|Sie müssen|wie bereits erwähnt|Anwenderfehler|wir entschuldigen uns|\b(du|dein|deine|euch)\b"
)


def _examples(plan: Plan, name: str) -> tuple[Example, ...]:
    (source,) = read_sources(PLANS / name / "cases.yaml")
    return read_examples(plan, source)


EXAMPLES = {name: _examples(plan, name) for name, plan in COMPANIES.items()}
each_company = pytest.mark.parametrize("name", COMPANIES)


@pytest.mark.parametrize(
    ("name", "example"),
    [
        pytest.param(name, each, id=f"{name}: {each.policy}: {each.name}")
        for name, found in EXAMPLES.items()
        for each in found
    ],
)
def test_case(name: str, example: Example) -> None:
    assert judge(COMPANIES[name], example, now=NOW).wrong == {}


@each_company
def test_it_has_enough_cases_with_names_of_their_own(name: str) -> None:
    names = [(each.policy, each.name) for each in EXAMPLES[name]]
    assert len(names) >= FEWEST_CASES[name]
    assert len(set(names)) == len(names)


@each_company
def test_it_has_no_findings(name: str) -> None:
    assert [f"{each.place} {each.sentence('en')}" for each in check(COMPANIES[name], NOW)] == []


@each_company
def test_it_has_every_section(name: str) -> None:
    assert [each for each in SECTIONS if not getattr(COMPANIES[name].document, each)] == []
    assert set(COMPANIES[name].measures) >= MEASURES


@each_company
def test_every_row_of_every_policy_has_a_case(name: str) -> None:
    plan = COMPANIES[name]
    fired = {_decided(plan, each).because.clause for each in EXAMPLES[name]}
    tables = [each.decides for each in plan.policies.values() if each.decides]
    assert {f"{table.name}#{row.name}" for table in tables for row in table.rows} - fired == set()


@each_company
def test_every_policy_names_the_pain_it_answers_and_its_priority(name: str) -> None:
    plan = COMPANIES[name]
    written = plan.document.policies or {}
    assert [each for each in written if not (written[each].priority and plan.policies[each].answers_pain)] == []
    assert {pain for each in plan.policies.values() for pain in each.answers_pain} <= set(plan.needs)


@each_company
def test_every_policy_asks_for_what_it_does_not_know(name: str) -> None:
    for policy in COMPANIES[name].policies:
        answer = decide(COMPANIES[name], policy, {}, now=NOW)
        assert (answer.outcome, bool(answer.ask or answer.say)) == ("ask", True), policy


@each_company
def test_there_is_a_policy_at_every_stage(name: str) -> None:
    plan = COMPANIES[name]
    bought = {"before"} if plan.document.company.customers != "internal" else set()  # colleagues decide on no purchase
    assert {each.stage for each in plan.policies.values()} == {"during", "after"} | bought


@each_company
def test_a_text_names_the_same_facts_in_every_language(name: str) -> None:
    for key, words in COMPANIES[name].texts.items():
        assert set(words) == LANGUAGES, key
        assert len({frozenset(PLACEHOLDER.findall(each)) for each in words.values()}) == 1, key


@each_company
def test_whatever_a_text_names_its_outcome_carries(name: str) -> None:
    plan = COMPANIES[name]
    for example in EXAMPLES[name]:
        answer = _decided(plan, example)
        for key in answer.say:
            assert set(PLACEHOLDER.findall(plan.text(key, "en"))) <= set(answer.outputs), (example.name, key)


@each_company
def test_every_text_is_said_somewhere(name: str) -> None:
    written = repr([COMPANIES[name].document.policies, COMPANIES[name].document.requirements])
    written += COMPANIES[name].document.limits or ""
    assert [key for key in COMPANIES[name].texts if not re.search(rf"\b{key}\b", written)] == []


@each_company
def test_whatever_people_read_is_said_in_all_three_languages(name: str) -> None:
    written = COMPANIES[name].document.model_dump(by_alias=True)
    missing = [path for path, words in _texts(written) if set(words) != LANGUAGES]
    assert missing == []


@each_company
def test_whatever_rules_and_reasons_name_has_words(name: str) -> None:
    plan = COMPANIES[name]
    words = [each.label for each in plan.terms.values() if not each.builtin]
    words += [labels for each in plan.terms.values() for labels in each.values.values()]
    words += [each.ask for each in plan.terms.values() if each.ask]
    words += [each.label for part in (plan.groups, plan.levels, plan.channels, plan.measures) for each in part.values()]
    words += [words for policy in plan.policies.values() for words in (policy.label, policy.commitment)]
    words += [each.label for policy in plan.policies.values() for each in policy.outcomes.values()]
    words += [each.label for each in plan.training.values()]
    assert [each for each in [*words, *plan.labels.values()] if set(each) != LANGUAGES] == []


@each_company
def test_no_text_blames_the_customer_or_commands(name: str) -> None:
    texts = COMPANIES[name].texts.items()
    assert [(key, lang) for key, words in texts for lang, each in words.items() if NEVER.search(each)] == []


@each_company
def test_the_other_languages_are_not_the_first_one_copied(name: str) -> None:
    for key, words in COMPANIES[name].texts.items():
        assert len(set(words.values())) == len(words), key


def _decided(plan: Plan, example: Example) -> Answer:
    """Decide an example at the moment that it names in the plan's zone, else at NOW."""
    written = datetime.fromisoformat(example.now).replace(tzinfo=ZoneInfo(plan.zone)) if example.now else NOW
    return decide(plan, example.policy, example.facts, now=written)


def _texts(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every mapping by language with its path, wherever it stands."""
    if isinstance(node, dict):
        if node and set(node) & LANGUAGES:
            yield path, node
        else:
            for key, each in node.items():
                yield from _texts(each, f"{path}.{key}")
    elif isinstance(node, list):
        for number, each in enumerate(node):
            yield from _texts(each, f"{path}.{number}")
