"""Only what is unknown and would matter is asked, in the order in which it would be asked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tantam.plan.run import question, questions
from tantam.plan.sections import read
from tantam.plan.words import LANGUAGES

PLAN = read(Path(__file__).parents[1] / "samples" / "shop.yaml")
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
