"""A customer's page lets them choose among what is granted: one form with a button for each, until it is begun."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from tantam.desk.claims.actions import file_claim, pay
from tantam.desk.claims.models import Claim
from tantam.desk.customers.models import Customer
from tantam.desk.plans import Fact, Standing
from tests.desk.portal.pages import Visitor, forms, text
from tests.support import desk


@pytest.fixture
def claim(hoa: Customer) -> Claim:
    """90 % of the price, or a voucher for all of it."""
    bought = desk.purchase(hoa, days_ago=3, price=4_000_000)
    told = {"fault": "none", "condition": "like_new"}
    brought = desk.concern(hoa, purchase=bought, topic="return_goods", told=told)
    facts = {term: Fact(fact.value, Standing.VERIFIED) for term, fact in brought.facts.items()}
    return file_claim(replace(brought, facts=facts), policy="refund")


def _page(claim: Claim) -> str:
    return f"/c/{claim.case.link_key}/"


def _choose(visitor: Visitor, claim: Claim, **written: str) -> Any:
    path = f"{_page(claim)}choose/"
    return visitor.client.post(path, forms(visitor.get(_page(claim)))[path] | written)


def test_each_choice_says_what_and_by_when(visitor: Visitor, claim: Claim) -> None:
    shown = text(visitor.get(_page(claim)))
    assert "Or choose something else" in shown and "A voucher for the full price" in shown
    assert "₫4,000,000" in shown and "1 working day" in shown


def test_choosing_is_one_button_and_the_page_says_what_stands(visitor: Visitor, claim: Claim) -> None:
    answer = _choose(visitor, claim)
    assert (answer.status_code, answer.url) == (302, _page(claim) + "#decision")
    shown = text(visitor.get(_page(claim)))
    assert "You chose this" in shown and "Choose this: your money back" in shown
    claim.refresh_from_db()
    assert claim.outcome == "credit"


def test_what_is_paid_leaves_nothing_to_choose(visitor: Visitor, claim: Claim, staff: desk.Staff) -> None:
    page = forms(visitor.get(_page(claim)))[f"{_page(claim)}choose/"]
    pay(claim.grants.get(), staff.agent)
    assert "Or choose something else" not in text(visitor.get(_page(claim)))
    answer = visitor.client.post(f"{_page(claim)}choose/", page)
    assert answer.status_code == 409 and "being carried out already" in text(answer)


def test_a_colleague_notes_it_on_the_case(claim: Claim, staff: desk.Staff) -> None:
    client = Client()
    client.force_login(staff.agent)
    path = f"/desk/cases/{claim.case.pk}/claims/{claim.pk}/choose/"
    page = client.get(f"/desk/cases/{claim.case.pk}/")
    assert path in page.content.decode()
    client.post(path, {"outcome": "credit"})
    claim.refresh_from_db()
    assert claim.outcome == "credit" and claim.case.events.get(code="chosen").person_id == staff.agent.pk
