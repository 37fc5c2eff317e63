"""Only what is unknown and would matter is asked, in the order in which it would be asked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tantam.plan.errors import UnknownName
from tantam.plan.run import question, questions
from tantam.plan.sections import read_text
from tantam.plan.words import LANGUAGES
from tests.support.plans import shop

PLAN = shop()
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
KNOWN: dict[str, Any] = {"order": "W1", "price": "100_000 VND"}


def asked(**facts: Any) -> list[str]:
    return [each.term for each in questions(PLAN, "exchange", KNOWN | facts, now=NOW)]


def test_what_is_known_is_not_asked() -> None:
    assert asked() == ["seal", "items", "fault", "owned"]
    assert asked(seal="no", fault="ours") == ["items", "owned"]


def test_what_can_no_longer_matter_is_not_asked() -> None:
    assert asked(seal="no", items=[{"name": "x"}], fault="customer") == []
    assert "owned" not in asked(fault="customer")


def test_nothing_is_asked_once_the_policy_can_answer() -> None:
    assert asked(seal="yes") == []


def test_terms_without_a_question_are_left_to_the_records() -> None:
    assert "price" not in [each.term for each in questions(PLAN, "exchange", {}, now=NOW)]


def test_a_question_has_its_words_type_choices_and_unit() -> None:
    fault = question(PLAN, "fault")
    assert (fault.type, fault.words["vi"]) == ("one_of", "Đèn bị sao?")
    assert [(each.value, each.words["de"]) for each in fault.choices][0] == ("ours", "unser Fehler")
    assert question(PLAN, "price").unit == "VND"
    assert question(PLAN, "owned").unit == "days"
    seal = question(PLAN, "seal")
    assert [each.value for each in seal.choices] == ["yes", "no"]
    assert all(each.words[lang] for each in seal.choices for lang in LANGUAGES)


def test_questions_reach_through_terms_that_tables_decide() -> None:
    from tantam.plan.tables.nodes import Fact
    from tantam.plan.tables.reach import given_below

    term = PLAN.scope.terms["grace"]
    assert given_below([Fact(("grace",), term.place, term.type)], PLAN.scope) == ("fault",)


def test_each_type_is_called_as_the_plan_writes_it_and_asked_in_its_unit() -> None:
    plan = read_text(
        "tantam: 1\ncompany: {name: X, languages: [en, vi], timezone: UTC, currency: EUR}\n"
        "records: {item: {name: {text: any}}}\n"
        "terms:\n  yes_no: {yes_no: any}\n  number: {number: any, unit: pieces}\n  money: {money: any}\n"
        "  duration: {duration: any}\n  waited: {duration: 0 h..}\n  open_for: {duration: 0 working days..}\n"
        "  date: {date: any}\n  time: {time: any}\n  moment: {moment: any}\n  text: {text: any}\n"
        "  one_of: {one_of: [send_back, keep]}\n  some_of: {some_of: [a]}\n  list: {list: item}\n"
    )
    asked = {name: question(plan, name) for name in plan.terms if name not in ("group", "stage", "severity", "level")}
    names = {name: each.type for name, each in asked.items()}
    assert names == {name: name for name in names} | {"waited": "duration", "open_for": "duration"}
    assert {name: each.unit for name, each in asked.items() if each.unit} == {
        "number": "pieces", "money": "EUR", "duration": "days", "waited": "h", "open_for": "working days",
    }  # fmt: skip
    choices = {name: [each.value for each in one.choices] for name, one in asked.items() if one.choices}
    assert choices == {"yes_no": ["yes", "no"], "one_of": ["send_back", "keep"], "some_of": ["a"]}
    assert asked["one_of"].choices[0].words == dict.fromkeys(LANGUAGES, "send back")
    assert (asked["open_for"].words, asked["open_for"].proof) == ({"en": "open for", "vi": "open for"}, "")


def test_a_term_that_the_plan_does_not_have_is_no_question() -> None:
    with pytest.raises(UnknownName) as caught:
        question(PLAN, "falt")
    assert (caught.value.kind, caught.value.name) == ("term", "falt")
    assert "fault" in caught.value.allowed


def test_what_an_answer_lacks_is_asked_though_it_stands() -> None:
    facts = {"order": "W1", "price": "1 VND", "seal": "no", "items": [{"name": "x"}], "fault": "ours"}
    assert [each.term for each in questions(PLAN, "exchange", facts, now=NOW)] == ["owned"]
