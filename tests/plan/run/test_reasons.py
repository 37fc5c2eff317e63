"""A reason is a sentence in the reader's language that names the facts that mattered."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tantam.plan.errors import PlanUnreadable
from tantam.plan.run import because_of, decide, filled, owed
from tantam.plan.sections import read_text
from tantam.plan.words import LANGUAGES
from tests.support.plans import shop

PLAN = shop()
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
KNOWN: dict[str, Any] = {
    "order": "W1", "price": "100_000 VND", "seal": "no", "items": [{"name": "x", "price": 1}], "fault": "ours",
    "owned": "12 days",
}  # fmt: skip


def test_it_names_the_facts_in_the_plans_own_words() -> None:
    because = decide(PLAN, "exchange", KNOWN, now=NOW).because
    assert because.text("vi") == "Vì đó là lỗi của chúng tôi và đã dùng là 12 ngày, theo chính sách “Đổi hàng”."
    assert because.text("en").startswith("Because it is our fault and you have had it is 12 days")
    assert because.text("de").startswith("Grund: Ursache „unser Fehler“; In Gebrauch „12 Tage“.")


def test_words_without_the_value_are_those_of_a_yes() -> None:
    listed = {"en": "the program is in the catalogue"}
    plan = read_text(
        f"""
tantam: 1
company: {{name: X, languages: [en], timezone: UTC, currency: VND}}
terms:
  listed: {{yes_no: any, label: {{en: In the catalogue}}, because: {json.dumps(listed)}}}
policies:
  software:
    kind: support
    commitment: {{en: Granted.}}
    decides: |
      listed => outcome
      yes    |  grant
      no     |  examine
"""
    )
    said = {each: decide(plan, "software", {"listed": each}, now=NOW).because.text("en") for each in ("yes", "no")}
    assert "the program is in the catalogue" in said["yes"]
    assert "in the catalogue is no" in said["no"]


def test_stored_and_read_again_it_says_the_same() -> None:
    because = decide(PLAN, "exchange", KNOWN, now=NOW).because
    again = because_of(PLAN, json.loads(json.dumps(because.stored())))
    assert again == because
    assert [again.text(lang) for lang in LANGUAGES] == [because.text(lang) for lang in LANGUAGES]


def test_a_refusal_says_what_the_plan_says() -> None:
    because = decide(PLAN, "exchange", KNOWN | {"seal": "yes"}, now=NOW).because
    assert "The seal is broken." in because.text("en")


def test_a_question_names_what_is_missing() -> None:
    because = decide(PLAN, "exchange", KNOWN | {"fault": "~"}, now=NOW).because
    assert because.text("vi") == "Chúng tôi cần biết thêm: Đèn bị sao?"


def test_every_reason_is_a_sentence_in_every_language() -> None:
    reasons = [decide(PLAN, name, {}, now=NOW).because for name in PLAN.policies]
    reasons += [decide(PLAN, "exchange", KNOWN | more, now=NOW).because for more in ({"fault": "none"}, {"order": "~"})]
    reasons += [each.because for each in owed(PLAN, {"severity": "critical", "age": "70"}, start=NOW)]
    for because in reasons:
        for lang in LANGUAGES:
            text = because.text(lang)
            assert text and "{" not in text and "None" not in text, text


def test_texts_to_the_customer_are_filled_with_what_the_outcome_carries() -> None:
    answer = decide(PLAN, "exchange", KNOWN | {"fault": "none", "owned": "7 days"}, now=NOW)
    assert filled(PLAN, "money_back", "vi", answer.outputs).startswith("90.000 ₫ within 3")


def test_an_amount_not_known_yet_is_said_to_follow() -> None:
    for lang in LANGUAGES:
        said = filled(PLAN, "money_back", lang, {})
        assert "{" not in said and said != PLAN.text("money_back", lang)


def test_a_text_may_name_a_term_that_is_computed() -> None:
    plan = read_text(SPOKEN)
    answer = decide(plan, "back", {"bought": "2026-01-05", "asked": "2026-02-20"}, now=NOW)
    assert filled(plan, answer.say[0], "en", answer.outputs) == "The time was over on 19 January 2026."


def test_a_no_may_have_words_of_its_own() -> None:
    agreed = (
        "because: {yes: {en: the head agreed, vi: sếp đồng ý}, no: {en: the head did not agree, vi: sếp không đồng ý}}"
    )
    plan = read_text(AGREED % agreed)
    agreed, refused = (decide(plan, "buy", {"agreed": each}, now=NOW).because for each in ("yes", "no"))
    assert ("the head agreed" in agreed.text("en"), "the head did not agree" in refused.text("en")) == (True, True)
    assert ("sếp đồng ý" in agreed.text("vi"), "sếp không đồng ý" in refused.text("vi")) == (True, True)


def test_words_of_a_no_alone_leave_the_yes_to_the_label() -> None:
    plan = read_text(AGREED % "label: Approved, because: {no: {en: nobody approved, vi: chưa ai duyệt}}")
    assert "approved is yes" in decide(plan, "buy", {"agreed": "yes"}, now=NOW).because.text("en")
    assert "nobody approved" in decide(plan, "buy", {"agreed": "no"}, now=NOW).because.text("en")


def test_plain_words_in_norwegian_are_no_answer() -> None:
    plan = read_text((AGREED % "because: {no: lederen er enig}").replace("[en, vi]", "[no, en]"))
    assert (plan.terms["agreed"].because, plan.terms["agreed"].because_no) == ({"no": "lederen er enig"}, {})


def test_only_a_yes_no_term_has_words_for_yes_and_no() -> None:
    with pytest.raises(PlanUnreadable) as caught:
        read_text((AGREED % "because: {yes: a, no: b}").replace("yes_no: any", "text: any"))
    assert "S04" in {each.code for each in caught.value.findings}


def test_a_promise_is_called_as_the_plan_calls_it_else_by_its_name() -> None:
    text = "tantam: 1\ncompany: {name: X, languages: [en], timezone: UTC}\npromises:\n  labels: {x: A first word}\n"
    plan = read_text(text + "  table: |\n    promise => within\n    x | 2 h\n    call_back | 3 h\n")
    said = [each.because.text("en") for each in owed(plan, {}, start=NOW)]
    assert said == ["A first word: promised within 2 hours.", "call back: promised within 3 hours."]


AGREED = """
tantam: 1
company: {name: Shop, languages: [en, vi], timezone: Europe/Berlin, currency: EUR}
terms: {agreed: {yes_no: any, ask: Agreed?, %s}}
policies:
  buy:
    kind: benefit
    commitment: We buy it.
    decides: |
      agreed => outcome
      yes    => buy
      no     => decline
"""

SPOKEN = """
tantam: 1
company: {name: Shop, languages: [en], timezone: Europe/Berlin, currency: EUR}
terms:
  bought: {date: any, from: order.date}
  asked: {date: any, ask: When did you ask?}
  last_day: bought + 14 days
policies:
  back:
    kind: refund
    stage: after
    commitment: Fourteen days.
    decides: |
      when             => outcome | say
      asked > last_day => decline | late
      otherwise        => refund  | -
texts: {late: "The time was over on {last_day}."}
"""
