"""Programs read an enquiry, quote and end it by the actions of the page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tantam.desk.api.actions import NewToken, make_token
from tantam.desk.cases.models import Case
from tantam.desk.customers.models import Customer
from tantam.desk.sales.models import Quote
from tests.support import desk
from tests.support.offers import standing


@pytest.fixture
def program(staff: desk.Staff) -> Any:
    """Return what asks as the agent, by a token."""
    _, written = make_token(staff.agent, NewToken("Shop", ("read:cases", "write:cases")))

    def ask(method: str, path: str, told: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {written}"}
        sent = {"data": json.dumps(told), "content_type": "application/json"} if told is not None else {}
        return getattr(Client(), method)(f"/api/v1{path}", headers=headers, **sent)

    return ask


def test_program_quotes_and_notes_that_they_buy(program: Any, asked: Case) -> None:
    line = {"words": "Máy giặt 9 kg", "pieces": 2, "price": "8.990.000"}
    quoted = program("post", f"/cases/{asked.pk}/quotes", {"lines": [line]})
    assert quoted.status_code == 201, quoted.content
    assert quoted.json()["quotes"][0]["total"] == "17980000 VND"
    assert program("post", f"/cases/{asked.pk}/won", {}).json()["state"] == "won"
    assert program("get", f"/cases/{asked.pk}/enquiry").json()["quotes"][0]["state"] == "accepted"


def test_program_notes_why_they_do_not_buy(program: Any, asked: Case) -> None:
    assert program("post", f"/cases/{asked.pk}/lost", {"reason": "mood"}).status_code in (409, 422)
    assert program("post", f"/cases/{asked.pk}/lost", {"reason": "price"}).status_code == 200
    assert standing(asked) == ("lost", "price")


def test_case_after_the_sale_has_no_enquiry(program: Any, hoa: Customer) -> None:
    case = desk.opened(hoa, purchase=desk.purchase(hoa))
    assert program("get", f"/cases/{case.pk}/enquiry").status_code == 404
    wrong = program("post", f"/cases/{case.pk}/quotes", {"lines": [{"words": "x", "price": "1"}]})
    assert wrong.status_code in (409, 422)
    assert not Quote.objects.exists()
