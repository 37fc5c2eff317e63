"""What people call the things of a plan, and how they read a value."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Any

import pytest

from tantam.plan.errors import BadFact
from tantam.plan.run import (
    aloud,
    fact_aloud,
    json_value,
    level_label,
    money,
    outcome_label,
    policy_label,
    term_label,
)
from tantam.plan.run.aloud import pick
from tantam.plan.run.facts import value_text
from tantam.plan.tables.values import Amount, Family, Span
from tests.support.plans import shop

PLAN = shop()


def test_words_are_those_of_the_language_else_of_the_first_that_has_any_else_what_stands_for_them() -> None:
    words = {"en": "", "vi": "đèn", "de": "Lampe"}
    assert [pick(words, lang, otherwise="x") for lang in ("de", "en", "fr")] == ["Lampe", "đèn", "đèn"]
    assert (pick({}, "en", otherwise="x"), pick({}, "en")) == ("x", "")


def test_labels_are_the_plans_and_a_name_without_one_is_read_as_words() -> None:
    assert (term_label(PLAN, "fault", "de"), term_label(PLAN, "handed_on", "de")) == ("Ursache", "handed on")
    assert (policy_label(PLAN, "exchange", "vi"), policy_label(PLAN, "no_such_one", "vi")) == (
        "Đổi hàng",
        "no such one",
    )
    assert (level_label(PLAN, "agent", "de"), level_label(PLAN, "chief", "de")) == ("Beratung", "chief")
    assert term_label(PLAN, "no_such_term", "en") == "no such term"
    assert level_label(PLAN, "no_such_level", "en") == "no such level"


def test_an_outcome_is_called_as_its_policy_calls_it_then_as_everybody_does_then_by_its_name() -> None:
    assert outcome_label(PLAN, "exchange", "refund", "vi") == "hoàn tiền"
    assert outcome_label(PLAN, "exchange", "decline", "en") == "not possible"
    assert outcome_label(PLAN, "no_such_policy", "none", "de") == "ein Mensch entscheidet"
    assert outcome_label(PLAN, "exchange", "send_later", "en") == "send later"


@pytest.mark.parametrize(
    ("term", "text", "said"),
    [
        ("fault", "customer", "falsch behandelt"),
        ("seal", "yes", "ja"),
        ("seal", "no", "nein"),
        ("wish", "money", "money"),
        ("owned", "12 days", "12 Tage"),
        ("price", "500000 VND", "500.000 ₫"),
        ("age", "64", "64 years"),
        ("today", "2026-11-21", "21.11.2026"),
        ("no_such_term", "as it stands", "as it stands"),
        ("price", "much", "much"),
        ("owned", "~", "~"),
        ("broken", "", "nichts davon"),
    ],
)
def test_a_fact_is_read_as_a_person_reads_it_and_what_nobody_can_read_stays(term: str, text: str, said: str) -> None:
    assert fact_aloud(PLAN, term, text, "de") == said


def test_several_words_are_said_one_after_the_other() -> None:
    assert fact_aloud(PLAN, "fault", "ours, none", "en") == "our fault, nothing"
    assert fact_aloud(PLAN, "broken", "shade, cable", "en") == "shade, cable"


@pytest.mark.parametrize(
    ("value", "text", "plain"),
    [
        ("ours", "ours", "ours"),
        (True, "yes", True),
        (False, "no", False),
        (7, "7", 7),
        (Fraction(5, 2), "2.5", 2.5),
        (Amount(500_000, "VND"), "500000 VND", "500000 VND"),
        (Span(Family.CALENDAR, 12), "12 days", "12 days"),
        (frozenset({"shade", "cable"}), "cable, shade", ["cable", "shade"]),
        (date(2026, 11, 21), "2026-11-21", "2026-11-21"),
        (datetime(2026, 11, 21, 9, tzinfo=UTC), "2026-11-21T09:00:00+00:00", "2026-11-21T09:00:00+00:00"),
        (time(9, 30), "09:30:00", "09:30:00"),
        (("a", "b"), "a, b", ["a", "b"]),
        (({"tên": "đèn", "n": 2},), '[{"tên": "đèn", "n": 2}]', [{"tên": "đèn", "n": 2}]),
        ({"price": Amount(5, "VND")}, '{"price": "5 VND"}', {"price": "5 VND"}),
    ],
)
def test_a_value_has_one_text_and_one_form_for_programs(value: Any, text: str, plain: Any) -> None:
    assert (value_text(value), json_value(value)) == (text, plain)
    assert json_value(None) is None


def test_lists_and_records_are_read_aloud_as_their_text() -> None:
    assert aloud(frozenset({"b", "a"}), "vi") == "a, b"
    assert aloud([{"n": 1}], "vi") == '[{"n": 1}]'
    assert aloud(Amount(500_000, "VND"), "en") == "₫500,000"


def test_money_is_an_amount_or_the_text_of_one() -> None:
    assert money(PLAN, "refund", "5 VND") == money(PLAN, "refund", Amount(5, "VND")) == Amount(5, "VND")
    with pytest.raises(BadFact) as caught:
        money(PLAN, "refund", "much")
    assert caught.value.term == "refund"


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "less than a day"), ("de", "weniger als einen Tag"), ("vi", "chưa đầy một ngày")]
)
def test_what_began_today_is_no_number_of_days(lang: str, said: str) -> None:
    assert PLAN.terms["owned"].since
    assert fact_aloud(PLAN, "owned", "0 days", lang) == said
    assert fact_aloud(PLAN, "owned", "1 day", lang) != said
