"""A group's page says which goals are reached for it, and what serving it costs by the plan; n always stands beside."""

from __future__ import annotations

import pytest
from django.test import Client

from tantam.desk import reports
from tantam.desk.cases.actions import resolve
from tantam.desk.common import clock as clocks
from tantam.desk.customers.models import Customer
from tantam.desk.plans import in_force
from tantam.desk.plans.costing import Served
from tests.support import desk
from tests.support.drafts import enacted

WORK = 30 * 60  # seconds noted


@pytest.fixture
def old(hoa: Customer) -> Customer:
    Customer.objects.filter(pk=hoa.pk).update(birth_year=1955)
    hoa.refresh_from_db()
    return hoa


def took(group: str) -> Served:
    return reports.served(in_force(), group, reports.stretch("quarter", clocks.now()))


def test_cases_and_work_of_a_group_are_its_own(old: Customer, staff: desk.Staff) -> None:
    resolve(desk.opened(old), staff.agent, "Xong.", handling_seconds=WORK)
    desk.opened(desk.customer("Lâm", "lam@example.com"))
    assert took("elderly") == Served(1, WORK, 0)
    assert took("") == Served(2, WORK, 0)
    assert took("business") == Served(0, 0, 0)


def test_page_says_goals_and_cost_with_how_many(old: Customer, staff: desk.Staff, client: Client) -> None:
    resolve(desk.opened(old), staff.agent, "Xong.", handling_seconds=WORK)
    client.force_login(staff.manager)
    page = client.get("/desk/groups/of/elderly/", {"lang": "en"}).content.decode()
    assert "Keep our word to older customers" in page and "(n = " in page
    assert "₫95,000" in page  # 35,000 a case and half an hour at 120,000


def test_agents_see_who_is_in_it_and_no_figures(old: Customer, staff: desk.Staff, client: Client) -> None:
    client.force_login(staff.agent)
    page = client.get("/desk/groups/of/elderly/", {"lang": "en"}).content.decode()
    assert "What serving them costs" not in page


def test_plan_without_costs_says_none(old: Customer, staff: desk.Staff, client: Client) -> None:
    enacted(staff.manager, r"(?m)^  (hour|case): \{label.*\n", "")
    desk.opened(old)
    client.force_login(staff.manager)
    page = client.get("/desk/groups/of/elderly/", {"lang": "en"}).content.decode()
    assert "What serving them costs" in page and "₫35,000" not in page
