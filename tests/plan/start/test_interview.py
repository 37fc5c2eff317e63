"""The interview as data: which questions come, in which languages, and what is read from what somebody types."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tantam.plan.errors import Finding
from tantam.plan.start import Kind, Question, answered, asked, next_question, questions, taken, typed
from tantam.plan.words import say

TRADES = ("retail", "software", "hotel", "telecom", "office")
COUNTRIES = ("VN", "DE", "AT", "CH", "GB", "IE", "US")
WRITTEN = tomllib.loads((files("tantam.plan.start") / "interview.toml").read_text(encoding="utf-8"))


def question(key: str, **answers: str) -> Question:
    known = {"trade": "retail", "country": "DE"} | answers
    return next(each for each in asked(known) if each.key == key)


@pytest.mark.parametrize("trade", TRADES)
@pytest.mark.parametrize("country", COUNTRIES)
def test_about_twenty_questions_are_asked_for_each_trade(trade: str, country: str) -> None:
    assert 18 <= len(list(asked({"trade": trade, "country": country}))) <= 24


@pytest.mark.parametrize("key", questions())
def test_a_question_is_whole_in_three_languages(key: str) -> None:
    written = WRITTEN["questions"][key]
    texts = [written["ask"], written["help"], *written.get("options", {}).values()]
    texts = [each for each in texts if not isinstance(each, str)]  # a language is called by its own name
    texts += [written["unit"]] if "unit" in written else []
    assert [set(each) for each in texts] == [{"vi", "de", "en"}] * len(texts)
    assert all(each.strip() for text in texts for each in text.values())


@pytest.mark.parametrize("trade", TRADES)
@pytest.mark.parametrize("country", COUNTRIES)
def test_every_default_is_an_answer_to_its_own_question(trade: str, country: str) -> None:
    for each in asked({"trade": trade, "country": country}):
        if each.default is not None:
            assert answered(each, typed(each.default)) == each.default, each.key
            assert answered(each, "") == each.default


def test_the_next_question_is_the_first_without_an_answer() -> None:
    assert next_question({}).key == "trade"
    assert next_question({"trade": "hotel"}).key == "name"


def test_nothing_is_asked_once_all_is_answered() -> None:
    answers = {each.key: each.default or "Wheel" for each in asked({"trade": "hotel"})} | {"trade": "hotel"}
    assert next_question(answers) is None


def test_a_region_is_asked_only_where_holidays_hang_on_it() -> None:
    assert "region" in [each.key for each in asked({"country": "DE"})]
    assert "region" not in [each.key for each in asked({"country": "VN"})]
    assert "zone" in [each.key for each in asked({"country": "US"})]


def test_money_is_asked_in_the_currency_of_the_country() -> None:
    euro, dong = question("limit_agent"), question("limit_agent", country="VN")
    assert (euro.currency, euro.default) == ("EUR", 100)
    assert (dong.currency, dong.default) == ("VND", 2_500_000)


def test_a_serious_case_is_never_promised_later_than_an_ordinary_one() -> None:
    each = question("reply_serious", reply="30 min")
    assert (each.default, each.most) == ("30 min", 30)
    assert isinstance(answered(each, "31 min"), Finding)


@pytest.mark.parametrize(
    ("key", "text", "answer"),
    [
        ("trade", "3", "hotel"),
        ("trade", "Handel", "retail"),
        ("trade", "khách sạn", "hotel"),
        ("languages", "Deutsch, 1", ("de", "vi")),
        ("languages", "de, de", ("de",)),
        ("size", "1_200", 1_200),
        ("size", "1 200", 1_200),
        ("limit_agent", "250 EUR", 250),
        ("reply", "90 phút", "90 min"),
        ("reply", "2 Stunden", "2 h"),
        ("reply", "120min", "2 h"),
        ("open", "8:00 - 12:00,13:00–17:30", "08:00-12:00, 13:00-17:30"),
        ("name", "  Tiệm Bà Sáu ", "Tiệm Bà Sáu"),
        ("target", "95 %", 95),
    ],
)
def test_an_answer_is_read_as_people_write_it(key: str, text: str, answer: object) -> None:
    assert answered(question(key), text) == answer


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("name", "", "new_needed"),
        ("name", "a\x07b", "new_letters"),
        ("name", "x" * 81, "new_long"),
        ("trade", "hote", "new_option_near"),
        ("trade", "0", "new_option"),
        ("languages", ",", "new_too_few"),
        ("languages", "vi, xx", "new_option"),
        ("size", "ten", "new_number"),
        ("size", "1.000", "new_number"),
        ("size", "٣", "new_number"),
        ("size", "0", "new_range"),
        ("size", "9" * 400, "new_number"),
        ("limit_agent", "250 USD", "new_number"),
        ("reply", "soon", "new_duration"),
        ("reply", "4", "new_duration"),
        ("reply", "1 min", "new_duration_range"),
        ("open", "25:00-26:00", "new_hours"),
        ("open", "09:00-12:00, 11:00-15:00", "new_hours"),
        ("open", "closed", "new_hours"),
    ],
)
def test_a_wrong_answer_is_told_in_every_language(key: str, text: str, code: str) -> None:
    found = answered(question(key), text)
    assert isinstance(found, Finding)
    assert (found.code, found.clause) == (code, key)
    assert len({say(code, lang, **found.args) for lang in ("vi", "de", "en")}) == 3


@given(st.sampled_from(questions()), st.text(max_size=40))
def test_whatever_is_typed_is_an_answer_or_a_finding_never_an_error(key: str, text: str) -> None:
    for country in ("DE", "US"):
        for each in asked({"trade": "telecom", "country": country}):
            if each.key == key:
                read = answered(each, text)
                assert isinstance(read, Finding) or answered(each, typed(read)) == read


def test_answers_given_at_once_are_read_in_order() -> None:
    given_ = {"region": "SN", "country": "DE", "size": "40", "channels": ["phone", "chat"]}
    assert taken(given_).answers == {"country": "DE", "region": "SN", "size": 40, "channels": ("phone", "chat")}


def test_an_answer_nobody_asks_for_is_left_out() -> None:
    assert taken({"country": "VN", "region": "SN", "trial_days": 20}) == taken({"country": "VN"})


def test_every_wrong_answer_is_told_at_once() -> None:
    codes = [each.code for each in taken({"sise": 1, "size": "x", "open": "never"}).findings]
    assert codes == ["new_key_near", "new_number", "new_hours"]


def test_each_kind_of_question_is_asked() -> None:
    assert {each.kind for trade in TRADES for each in asked({"trade": trade})} == set(Kind)
