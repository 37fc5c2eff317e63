"""The starting plans: whatever is answered, they read, check clean, pass their cases and can be published."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from importlib.resources import files
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.plan.checks import check
from tantam.plan.errors import Finding
from tantam.plan.files import Source
from tantam.plan.publish import Audience, page
from tantam.plan.run import decide
from tantam.plan.run.examples import judge, read_examples
from tantam.plan.sections import Plan
from tantam.plan.sections.build import build
from tantam.plan.start import Answer, Kind, Question, answered, next_question, plan_of, taken, typed

TRADES = ("retail", "software", "hotel", "telecom", "office")
LANGUAGES = ("vi", "de", "en")
SUBSETS = [each for size in (1, 2, 3) for each in combinations(LANGUAGES, size)]
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAME = 'Bà "Sáu": #1 {x}'


def made(**given_: object) -> Mapping[str, str]:
    return plan_of(taken({"name": NAME, **given_}).answers, today=TODAY)


def built(plan: Mapping[str, str]) -> Plan:
    return build(tuple(Source(name, text) for name, text in plan.items() if name != "cases.yaml"))


def faults(plan: Mapping[str, str]) -> list[str]:
    """Return everything that is wrong with a plan: findings, and cases with another answer than expected."""
    whole = built(plan)
    found = [f"{each.place} {each.code} {each.sentence()}" for each in check(whole, NOW)]
    examples = read_examples(whole, Source("cases.yaml", plan["cases.yaml"]))
    return found + [f"{each.name}: {wrong}" for each in examples if (wrong := judge(whole, each, now=NOW).wrong)]


@pytest.mark.parametrize("trade", TRADES)
@pytest.mark.parametrize("languages", SUBSETS, ids="-".join)
def test_a_starting_plan_checks_clean_in_any_languages(trade: str, languages: tuple[str, ...]) -> None:
    assert faults(made(trade=trade, languages=languages)) == []


@pytest.mark.parametrize("trade", TRADES)
@pytest.mark.parametrize("languages", [("en", "vi"), ("de",)], ids="-".join)
def test_it_is_published_for_customers_and_staff_in_each_language(trade: str, languages: tuple[str, ...]) -> None:
    plan = built(made(trade=trade, languages=languages))
    for lang in languages:
        for audience in Audience:
            assert "Bà &quot;Sáu&quot;" in page(plan, lang, audience) or 'Bà "Sáu"' in page(plan, lang, audience)


@st.composite
def answers(draw: st.DrawFn) -> Mapping[str, Answer]:
    told: dict[str, Answer] = {}
    while question := next_question(told):
        answer = answered(question, draw(typing(question)))
        assert not isinstance(answer, Finding), (question.key, answer)
        told[question.key] = answer
    return told


def typing(question: Question) -> st.SearchStrategy[str]:
    """Return texts that answer the question, its ends among them."""
    keys = [each.key for each in question.options]
    match question.kind:
        case Kind.CHOICE:
            return st.sampled_from(keys)
        case Kind.SEVERAL:
            return st.lists(st.sampled_from(keys), min_size=1, unique=True).map(lambda each: typed(tuple(each)))
        case Kind.NUMBER | Kind.MONEY:
            return st.integers(question.least, question.most).map(str)
        case Kind.DURATION:
            return st.integers(question.least, question.most).map(lambda each: f"{each} min")
        case Kind.HOURS:
            return st.sampled_from(["09:00-17:00", "06:30-11:00, 12:15-22:00", "20:00-02:00", "00:00-24:00"])
        case Kind.TEXT:
            return st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=question.most)


@settings(max_examples=25, deadline=None)
@given(answers())
def test_whatever_is_answered_the_plan_has_no_error_and_no_warning(told: Mapping[str, Answer]) -> None:
    plan = plan_of(told, today=TODAY)
    whole = built(plan)
    found = [each for each in check(whole, NOW) if each.severity != "note"]
    assert [f"{each.place} {each.code} {each.sentence()}" for each in found] == []
    examples = read_examples(whole, Source("cases.yaml", plan["cases.yaml"]))
    assert [each.name for each in examples if judge(whole, each, now=NOW).wrong] == []


@pytest.mark.parametrize("trade", TRADES)
def test_every_row_of_every_policy_has_a_case(trade: str) -> None:
    plan = made(trade=trade)
    whole = built(plan)
    examples = read_examples(whole, Source("cases.yaml", plan["cases.yaml"]))
    zone = ZoneInfo(whole.zone)
    moments = [datetime.fromisoformat(each.now).replace(tzinfo=zone) if each.now else NOW for each in examples]
    answers = [decide(whole, each.policy, each.facts, now=now) for each, now in zip(examples, moments, strict=True)]
    fired = {each.because.clause for each in answers}
    rows = {
        f"{each.decides.name}#{row.name}"
        for each in whole.policies.values()
        if each.decides
        for row in each.decides.rows
    }
    assert rows - fired == set()


@pytest.mark.parametrize("trade", TRADES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_plan_in_one_language_holds_no_word_of_another(trade: str, lang: str) -> None:
    plan = made(trade=trade, languages=[lang])
    others = "|".join(each for each in LANGUAGES if each != lang)
    left = re.compile(rf"(?<![\w-])(?:{others}): |#(?:vi|de|en|if|end|include)\b|[«»\0]")
    lines = [line for name, text in plan.items() for line in text.split("\n") if left.search(line)]
    assert lines == []


def test_comments_are_in_the_first_language() -> None:
    plan = made(trade="retail", languages=["de", "vi"])
    assert plan["plan.yaml"].startswith("# Der Plan des Kundenservice von")
    assert "Kế hoạch" not in plan["plan.yaml"]


def test_the_trades_differ_in_policies_topics_and_procedures() -> None:
    plans = [built(made(trade=trade)) for trade in TRADES]
    for one, other in combinations(plans, 2):
        assert len(one.policies.keys() & other.policies.keys()) <= len(one.policies) / 2
        assert len(set(one.procedures) & set(other.procedures)) <= 1  # any other request goes the same way


@pytest.mark.parametrize("trade", TRADES)
def test_every_section_that_a_plan_needs_is_there(trade: str) -> None:
    whole = built(made(trade=trade))
    needed = "profile needs goals groups hours channels levels policies procedures surveys knowledge training providers"
    more = "recognition measures quality privacy costs courtesy precedence teams shifts duties texts"
    assert [each for each in f"{needed} {more}".split() if not getattr(whole, each)] == []
    document: Any = whole.document
    assert all(getattr(document, each) for each in ("mission", "triage", "promises", "limits", "follow_ups", "review"))


def test_the_same_answers_on_the_same_day_give_the_same_plan() -> None:
    assert made(trade="hotel") == made(trade="hotel")


def test_what_is_answered_stands_in_the_plan() -> None:
    plan = made(trade="retail", country="DE", region="SN", return_days=21, limit_agent=80, days="tue-sat", target=91)
    whole = built(plan)
    assert (whole.currency, whole.zone, whole.company.name) == ("EUR", "Europe/Berlin", NAME)
    assert "<= 21 days" in plan["policies.yaml"]
    assert "holidays: DE-SN" in plan["reach.yaml"]
    assert 'tue-sat: "' in plan["reach.yaml"]
    assert "refund: 80 EUR" in plan["plan.yaml"]
    assert '">= 91 %"' in plan["aims.yaml"]


@pytest.mark.parametrize(
    ("open_", "asleep"),
    [
        ("08:00-12:00, 13:00-18:00", "21:00-07:00"),
        ("06:30-11:00, 12:15-22:00", "22:00-06:30"),
        ("20:00-02:00", "02:00-07:00"),
        ("22:00-23:00", "23:00-07:00"),
        ("09:00-00:00", "00:00-07:00"),
        ("00:00-24:00", ""),
    ],
)
def test_nobody_is_written_to_at_night_but_where_somebody_is_there(open_: str, asleep: str) -> None:
    whole = built(made(trade="hotel", open=open_))
    quiet = whole.courtesy.quiet
    assert (quiet is not None) == bool(asleep)
    if quiet:
        assert (quiet.hours, set(quiet.but)) == ("asleep", {"serious", "critical"})
        assert f'mon-sun: "{asleep}"' in made(trade="hotel", open=open_)["reach.yaml"]


def test_every_include_of_a_starting_plan_exists_and_every_part_is_used() -> None:
    folder = files("tantam.plan.start") / "plans"
    texts = {
        f"{trade.name}/{part.name}": part.read_text(encoding="utf-8")
        for trade in folder.iterdir()
        for part in trade.iterdir()
    }
    wanted = {name for text in texts.values() for name in re.findall(r"#include (\w+)", text)}
    common = {name.removeprefix("common/").removesuffix(".yaml") for name in texts if name.startswith("common/")}
    assert common - wanted == {"aims", "people", "reach"}


@pytest.mark.parametrize("trade", TRADES)
@pytest.mark.parametrize("country", ["VN", "DE", "AT", "CH", "GB", "IE", "US"])
def test_what_is_graver_is_never_promised_later(trade: str, country: str) -> None:
    text = made(trade=trade, country=country, languages=["en"])["plan.yaml"]
    for promise in ("reply", "resolution"):
        spans = [_minutes(text, f"{promise}_{each}") for each in ("critical", "serious", "normal", "minor")]
        assert spans == sorted(spans), (promise, spans)


def _minutes(text: str, row: str) -> int:
    """Return how long a row of promises gives, a working day as eight hours."""
    found = re.search(rf"^ +{row} .*=?[|] +(\d+) (min|h|working days?) +[|]", text, re.MULTILINE)
    assert found, row
    return int(found[1]) * {"min": 1, "h": 60}.get(found[2], 480)
