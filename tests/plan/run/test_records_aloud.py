"""Records and lists in a reason are said by what the plan calls their fields, never as they are stored."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tantam.plan.run import decide, fact_aloud
from tantam.plan.run.facts import value_text
from tantam.plan.words import LANGUAGES
from tests.support.plans import company

PLAN = company("retail-store")
NOW = datetime(2026, 12, 1, 15, tzinfo=UTC)
CARD = {"kind": "gift_card", "id": "g1", "saved": "yes", "balance": "17.00 USD"}


def said(term: str, value: Any, lang: str = "en") -> str:
    return fact_aloud(PLAN, term, value_text(value), lang)


def test_a_record_is_said_by_its_labels_and_what_it_lacks_is_not_said() -> None:
    assert said("method", CARD) == "gift card, number: g1, in the profile: yes, balance: $17.00"
    assert said("method", CARD, "de") == "Geschenkkarte, Nummer: g1, im Profil hinterlegt: ja, Guthaben: 17,00 $"
    assert said("method", {"kind": "paypal"}, "vi") == "tài khoản PayPal"


def test_a_record_within_stands_in_brackets() -> None:
    swap = {"old": {"item_id": "a", "price": "5 USD"}, "new": {"item_id": "b"}, "in_order": "yes"}
    assert said("swaps", [swap]) == (
        "the old item (item: a, price: $5.00), the new item (item: b), the old item is in this order: yes"
    )


def test_of_many_the_first_are_said_and_the_others_counted() -> None:
    items = [{"item_id": str(number)} for number in range(5)]
    assert said("return_items", items) == "item: 0; item: 1; item: 2; and 2 more"
    assert said("return_items", []) == "none"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_reason_shows_how_a_fact_is_stored(lang: str) -> None:
    facts = {"found_by": "email", "customer_id": "c", "owner_id": "c", "order_id": "1", "status": "delivered"}
    swap = {"old": {"item_id": "a", "product_id": "p", "price": "5 USD"}, "in_order": "yes"}
    swap["new"] = {"item_id": "b", "product_id": "p", "price": "50 USD", "available": "yes"}
    answer = decide(PLAN, "exchange", facts | {"swaps": [swap], "method": CARD}, now=NOW)
    assert answer.because.clause == "requirements.covers"
    sentence = answer.because.text(lang)
    assert not {*'{}[]"_'} & {*sentence}
