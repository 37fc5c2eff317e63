"""What a customer says is passed on by the program that filed their case: by the same actions as on their page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tantam.desk import plans
from tantam.desk.api import rates
from tantam.desk.cases.actions import resolve
from tantam.desk.cases.models import Actor, Case, CaseEvent
from tantam.desk.claims.actions import file_claim, grant, prove
from tantam.desk.customers.models import Customer
from tantam.desk.plans import Standing
from tests.support import desk
from tests.support.clock import StandingClock

SECRET = "the shop's own secret"


@pytest.fixture(autouse=True)
def shop(settings: Any) -> Any:
    settings.API_TOKEN = SECRET
    yield
    rates.forget()


def _ask(case: Case, what: str = "", body: Any = None, **headers: str) -> tuple[int, dict[str, Any]]:
    url = f"/api/v1/filed/{case.link_key}{what}"
    known = {"Authorization": f"Bearer {SECRET}", "Accept-Language": "en"} | headers
    client = Client(headers=known)
    answer = client.post(url, json.dumps(body or {}), content_type="application/json") if what else client.get(url)
    return answer.status_code, answer.json()


@pytest.fixture
def granted(hoa: Customer, staff: desk.Staff) -> Case:
    """A case whose claim is granted."""
    bought = desk.purchase(hoa, number="BX-2002", days_ago=3)
    told = {"fault": "none", "condition": "unopened"}
    claim = file_claim(desk.concern(hoa, purchase=bought, topic="return_goods", told=told), policy="refund")
    return grant(claim, staff.specialist).case


def test_decision_is_accepted_once_and_taken_back(granted: Case) -> None:
    _, before = _ask(granted)
    number = before["decision"]["id"]
    assert (before["decision"]["granted"], before["decision"]["said"]) == (True, "")
    status, after = _ask(granted, "/accept", {"decision": number})
    assert (status, after["decision"]["said"], after["decision"]["reversible"]) == (200, "accepted", True)
    assert CaseEvent.objects.get(code="accepted").actor == Actor.CUSTOMER
    assert _ask(granted, "/accept", {"decision": number}) == (200, after)
    assert CaseEvent.objects.filter(code="accepted").count() == 1
    assert _ask(granted, "/dispute", {"decision": number, "reason": "No."})[1]["code"] == "said_already"
    assert _ask(granted, "/take-back", {"decision": number})[1]["decision"]["said"] == ""


def test_dispute_says_why_and_goes_up(granted: Case) -> None:
    number = _ask(granted)[1]["decision"]["id"]
    status, refused = _ask(granted, "/dispute", {"decision": number, "reason": " "})
    assert (status, refused["code"]) == (422, "needs_reason")
    status, after = _ask(granted, "/dispute", {"decision": number, "reason": "Màu khác với màu đã đặt."})
    assert (status, after["decision"]["said"]) == (200, "disputed")
    assert granted.messages.filter(direction="incoming").order_by("-id")[0].body == "Màu khác với màu đã đặt."


def test_nothing_is_said_to_a_decision_that_was_not_read(granted: Case) -> None:
    assert _ask(granted, "/accept", {"decision": "7"})[1]["code"] == "decided_anew"
    assert _ask(granted, "/accept", {})[0] == 422


def test_case_without_a_claim_has_no_decision(hoa: Customer) -> None:
    case = desk.opened(hoa)
    assert _ask(case)[1]["decision"] is None
    assert _ask(case, "/accept", {"decision": "7"})[0] == 404


def test_settled_by_its_customer_and_then_rated(hoa: Customer) -> None:
    case = desk.opened(hoa)
    assert _ask(case)[1]["rating"] is None
    assert _ask(case, "/rating", {"score": 5})[1]["code"] == "rating_over"
    status, settled = _ask(case, "/settled")
    assert (status, settled["status"]) == (200, "resolved") and settled["resolved_at"]
    assert settled["rating"] | {"question": ""} == {
        "question": "", "low": 1, "high": 5, "score": None, "words": "", "rated_at": None, "open": True
    }  # fmt: skip
    assert _ask(case, "/settled")[1]["code"] == "already_resolved"
    assert _ask(case, "/rating", {"score": 6})[0] == 422
    rated = _ask(case, "/rating", {"score": 4, "words": "Nhanh lắm"})[1]["rating"]
    assert (rated["score"], rated["words"], rated["open"]) == (4, "Nhanh lắm", True)
    assert CaseEvent.objects.get(code="rated").args["score"] == 4


def test_rating_is_over_after_a_week(hoa: Customer, staff: desk.Staff, clock: StandingClock) -> None:
    case = desk.opened(hoa)
    resolve(case, staff.agent)
    assert _ask(case, "/rating", {"score": 5})[0] == 200
    clock.forward(days=8)
    assert _ask(case, "/rating", {"score": 1})[1]["code"] == "rating_over"
    assert _ask(case)[1]["rating"]["open"] is False


def test_wrong_key_is_not_found_and_no_token_is_let_in(hoa: Customer) -> None:
    case = desk.opened(hoa)
    case.link_key = "x" * 22
    assert _ask(case)[0] == _ask(case, "/settled")[0] == 404
    assert _ask(case, Authorization="Bearer wrong")[0] == 401


def test_same_key_says_it_once(granted: Case) -> None:
    body = {"decision": _ask(granted)[1]["decision"]["id"], "reason": "Nein."}
    same = {"Idempotency-Key": "one"}
    assert _ask(granted, "/dispute", body, **same) == _ask(granted, "/dispute", body, **same)
    assert CaseEvent.objects.filter(code="disputed").count() == 1


def test_what_is_said_about_one_case_is_bounded(hoa: Customer) -> None:
    case = desk.opened(hoa)
    answers = [_ask(case, "/settled")[0] for _each in range(31)]
    assert answers[-1] == 429 and 429 not in answers[:-1]


def test_what_they_choose_instead_is_passed_on_once(hoa: Customer, staff: desk.Staff) -> None:
    case = _exchanged(hoa, staff)
    _, before = _ask(case)
    assert before["decision"]["choices"] == ["repair"]
    said = {"decision": before["decision"]["id"], "outcome": "repair"}
    status, after = _ask(case, "/choose", said)
    assert (status, after["decision"]["said"], after["decision"]["choices"]) == (200, "accepted", ["replace"])
    assert _ask(case, "/choose", said) == (200, after)
    assert CaseEvent.objects.get(code="chosen").actor == Actor.CUSTOMER
    late = _ask(case, "/choose", said | {"outcome": "replace"})
    assert (late[0], late[1]["code"]) == (409, "decided_anew")
    resolve(case, staff.agent)
    number = _ask(case)[1]["decision"]
    refused = _ask(case, "/choose", {"decision": number["id"], "outcome": "replace"})
    assert (number["choices"], refused[1]["code"]) == ([], "choice_over")


def _exchanged(hoa: Customer, staff: desk.Staff) -> Case:
    """A case whose customer gets a new one, or a repair if they would rather."""
    told = {"fault": "ours"}
    claim = file_claim(desk.concern(hoa, purchase=desk.purchase(hoa), topic="faulty", told=told), policy="exchange")
    facts = plans.version(claim.plan_version_id).read({"fault": "ours"}, Standing.VERIFIED)
    return prove(claim, facts, person=staff.agent).case
