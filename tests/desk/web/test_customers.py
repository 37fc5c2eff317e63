"""Customers: found by name, purchase or address; contacts masked; what they bought and asked."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.support.desk import customer, opened, purchase


@pytest.mark.parametrize("asked", ["Hoa", "hoa@example.com", "BX-1001", "bx-1001", "Nguyễn Thị"])
def test_found_by_name_purchase_or_address(asked: str, agent: Client, hoa: Any) -> None:
    purchase(hoa)
    customer("Kim Weber", "kim@example.com")
    said = agent.get("/desk/customers/", {"q": asked}).content.decode()
    assert f"/desk/customers/{hoa.pk}/" in said and "Kim Weber" not in said


def test_part_of_an_address_finds_nobody(agent: Client, hoa: Any) -> None:
    assert "Nobody by that name" in agent.get("/desk/customers/", {"q": "@example"}).content.decode()


def test_one_shows_contacts_masked_purchases_and_cases(agent: Client, hoa: Any) -> None:
    case = opened(hoa, purchase=purchase(hoa))
    said = agent.get(f"/desk/customers/{hoa.pk}/").content.decode()
    assert "hoa@example.com" not in said and "ho•••@example.com" in said
    assert case.reference in said and "BX-1001" in said and "₫8,990,000" in said


def test_queries_do_not_grow(agent: Client, hoa: Any, connection_queries: Any) -> None:
    opened(hoa, purchase=purchase(hoa))
    pages = ("/desk/customers/", f"/desk/customers/{hoa.pk}/")
    few = [connection_queries(lambda page=page: agent.get(page)) for page in pages]
    for number in range(6):
        opened(hoa)
        customer(f"Khách {number}", f"k{number}@example.com")
        purchase(hoa, number=f"BX-2{number}")
    assert [connection_queries(lambda page=page: agent.get(page)) for page in pages] == few
