"""The plan of an internal IT service: no findings, cases for every row, whole in three languages, no purchase."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tantam.plan.checks import check
from tantam.plan.errors import Severity
from tantam.plan.files import read_sources
from tantam.plan.publish.contents import paper
from tantam.plan.publish.paper import Audience
from tantam.plan.run import decide, owed, triage
from tantam.plan.run.examples import judge, read_examples
from tantam.plan.sections import read

FOLDER = Path(__file__).parents[2] / "plans" / "it-service"
PLAN = read(FOLDER)
NOW = datetime(2026, 12, 7, 3, tzinfo=UTC)  # Monday, 10:00 in Ho Chi Minh City
(SOURCE,) = read_sources(FOLDER / "cases.yaml")
EXAMPLES = read_examples(PLAN, SOURCE)
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each.policy}: {each.name}")
def test_case(example: object) -> None:
    assert judge(PLAN, example, now=NOW).wrong == {}  # type: ignore[arg-type]


def test_it_has_sixty_cases() -> None:
    assert len(EXAMPLES) >= 60


def test_it_has_nothing_to_mend() -> None:
    assert [each.sentence("en") for each in check(PLAN, NOW) if each.severity is not Severity.NOTE] == []


def test_every_row_of_every_policy_has_a_case() -> None:
    fired = {decide(PLAN, each.policy, each.facts, now=NOW).because.clause for each in EXAMPLES}
    rows = {f"policies.{name}.decides#{row.name}" for name, each in PLAN.policies.items() for row in each.decides.rows}  # type: ignore[union-attr]
    assert rows - fired == set()


def test_every_policy_asks_for_what_it_does_not_know() -> None:
    for name in PLAN.policies:
        answer = decide(PLAN, name, {}, now=NOW)
        assert (answer.outcome, bool(answer.ask or answer.say)) == ("ask", True), name


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


def test_whatever_people_read_is_said_in_all_three_languages() -> None:
    words = [each.label for each in PLAN.terms.values() if not each.builtin]
    words += [labels for each in PLAN.terms.values() for labels in each.values.values()]
    words += [each.ask for each in PLAN.terms.values() if each.ask]
    for clauses in (PLAN.policies, PLAN.groups, PLAN.levels, PLAN.channels, PLAN.measures):
        words += [each.label for each in clauses.values()]  # type: ignore[attr-defined]
    words += [each.label for policy in PLAN.policies.values() for each in policy.outcomes.values()]
    words += [*PLAN.labels.values(), *(each.commitment for each in PLAN.policies.values())]
    assert [each for each in words if set(each) != {"vi", "de", "en"}] == []


def test_no_text_blames_the_colleague_or_commands() -> None:
    never = re.compile(
        r"yêu cầu anh|mong thông cảm|\bbạn\b|lỗi người dùng|you must|user error|!"
        r"|Sie müssen|wie bereits erwähnt|Anwenderfehler|wir entschuldigen uns"
    )
    found = [(key, lang) for key, words in PLAN.texts.items() for lang, each in words.items() if never.search(each)]
    assert found == []


@pytest.mark.parametrize("lang", ["vi", "de", "en"])
def test_the_published_plan_speaks_of_no_purchase(lang: str) -> None:
    said = repr(paper(PLAN, lang, Audience.CUSTOMER))
    assert re.search(r"khi mua|(dem|des) Kauf|[Ww]hile you buy|you have bought", said) is None


@pytest.mark.parametrize(
    ("impact", "urgency", "severity", "level"),
    [
        ("high", "high", "critical", "third_line"),
        ("high", "medium", "high", "second_line"),
        ("high", "low", "moderate", "service_desk"),
        ("medium", "high", "high", "second_line"),
        ("medium", "medium", "moderate", "service_desk"),
        ("medium", "low", "low", "service_desk"),
        ("low", "high", "moderate", "service_desk"),
        ("low", "medium", "low", "service_desk"),
        ("low", "low", "low", "service_desk"),
    ],
)
def test_impact_and_urgency_alone_say_how_severe_it_is(impact: str, urgency: str, severity: str, level: str) -> None:
    placed = triage(PLAN, {"impact": impact, "urgency": urgency}, now=NOW)
    assert (placed.severity, placed.level) == (severity, level)


@pytest.mark.parametrize(
    ("severity", "first_reply", "resolution"),
    [
        ("critical", timedelta(minutes=15), timedelta(hours=4)),
        ("high", timedelta(minutes=30), timedelta(hours=8)),
        ("moderate", timedelta(hours=5), timedelta(days=3, hours=7)),  # lunch lies between; Thursday's closing
        ("low", timedelta(days=1, hours=7), timedelta(days=7, hours=7)),  # Tuesday's closing; the next Monday's
    ],
)
def test_severity_says_by_when(severity: str, first_reply: timedelta, resolution: timedelta) -> None:
    due = {each.kind: each for each in owed(PLAN, {"severity": severity, "group": "", "stopped": "no"}, start=NOW)}
    assert (due["first_reply"].due - NOW, due["resolution"].due - NOW) == (first_reply, resolution)


def test_production_hears_within_half_an_hour_at_night() -> None:
    night = datetime(2026, 12, 7, 19, tzinfo=UTC)  # Tuesday, 02:00
    due = {
        each.kind: each for each in owed(PLAN, {"severity": "low", "group": "production", "stopped": "no"}, start=night)
    }
    assert due["first_reply"].due - night == timedelta(minutes=30)
    assert due["first_reply"].because.rule == "reply_hall_and_road"


def test_a_standstill_is_reported_every_half_hour() -> None:
    due = {each.kind: each for each in owed(PLAN, {"severity": "moderate", "group": "", "stopped": "yes"}, start=NOW)}
    assert due["update"].every_minutes == 30
