"""The ledger for programs: what a case's page shows, and its buttons do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tantam.desk.accounts.models import Person
from tantam.desk.api import rates
from tests.desk.api.calls import PREFIX
from tests.desk.api.world import token_of
from tests.desk.claims.test_ledger import PRICE, unopened


@pytest.fixture(autouse=True)
def forgotten() -> Any:
    yield
    rates.forget()


def test_a_program_reads_pays_and_sees_it_paid(hoa: Any, staff: Any) -> None:
    claim = unopened(hoa)
    secret = token_of(staff.agent, "read:cases", "write:cases")
    (given,) = _get(secret, f"/cases/{claim.case_id}/ledger")
    assert (given["amount"], given["owed"], given["by"]) == (f"{PRICE} VND", True, None)
    assert [each["account"] for each in given["entries"]] == ["given", "owed"]
    paid = _post(secret, f"/cases/{claim.case_id}/grants/{given['id']}/pay")
    assert not paid["owed"] and [each["booking"] for each in paid["entries"]].count("paid") == 2
    assert _get(secret, f"/customers/{hoa.pk}/ledger") == [paid]


def test_what_is_paid_is_not_taken_back(hoa: Any, staff: Any) -> None:
    claim = unopened(hoa)
    secret = token_of(staff.specialist, "read:cases", "write:cases")
    (given,) = _get(secret, f"/cases/{claim.case_id}/ledger")
    back = _post(secret, f"/cases/{claim.case_id}/grants/{given['id']}/take-back", {"reason": "Nhầm."})
    assert back["taken_back_at"] and not back["owed"]
    again = _asked(secret, "post", f"/cases/{claim.case_id}/grants/{given['id']}/pay", {})
    assert again.status_code == 409 and again.json()["code"] == "not_owed"


def test_budgets_are_for_who_oversees(hoa: Any, staff: Any) -> None:
    unopened(hoa)
    found = _get(token_of(staff.manager, "read:measures"), "/budgets")
    assert {each["policy"]: each["given"] for each in found}["refund"] == f"{PRICE} VND"
    assert _asked(token_of(staff.agent, "read:measures"), "get", "/budgets").status_code in (403, 404)


def test_somebody_of_another_house_meets_nothing(hoa: Any, staff: Any) -> None:
    claim = unopened(hoa)
    xe = Person.objects.create(email="xe@desk.example", name="Xe", level="agent", provider="carriers", password="!")
    secret = token_of(xe, "read:cases", "write:cases")
    for path in (f"/cases/{claim.case_id}/ledger", f"/customers/{hoa.pk}/ledger"):
        assert _asked(secret, "get", path).status_code == 404
    given = claim.grants.get().pk
    assert _asked(secret, "post", f"/cases/{claim.case_id}/grants/{given}/pay", {}).status_code == 404


def _get(secret: str, path: str) -> Any:
    found = _asked(secret, "get", path)
    assert found.status_code == 200, found.content
    return found.json()


def _post(secret: str, path: str, told: dict[str, str] | None = None) -> Any:
    found = _asked(secret, "post", path, told or {})
    assert found.status_code == 200, found.content
    return found.json()


def _asked(secret: str, method: str, path: str, told: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {secret}"}
    more = {} if told is None else {"data": json.dumps(told), "content_type": "application/json"}
    return getattr(Client(), method)(f"{PREFIX}{path}", headers=headers, **more)
