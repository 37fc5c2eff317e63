"""What is odd about the customers stands on the page of the plan, for the managers of the house."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tantam.desk.common import clock as clocks
from tantam.desk.customers.models import Customer
from tantam.desk.groups.looking import look
from tantam.desk.plans import in_force
from tantam.desk.web.group_findings import found
from tests.desk.groups.test_belonging import many
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.drafts import enacted

TRAIT = 'profile:\n  how_old:\n    words: Older ones.\n    term: age\n    expected: {"< 65": 80 %, ">= 65": 20 %}\n'
HEAD = "against your customers"


@pytest.fixture
def manager(client: Client, staff: desk.Staff) -> Client:
    client.force_login(staff.manager)
    return client


def words(staff: desk.Staff) -> list[str]:
    with override("en"):
        return [each.words for each in found(staff.manager, in_force(), "en", clocks.now())]


def page(client: Client) -> str:
    return client.get("/desk/plan/", {"lang": "en"}).content.decode()


def test_nothing_is_said_before_they_are_counted(manager: Client, staff: desk.Staff, hoa: Customer) -> None:
    assert words(staff) == []
    assert HEAD not in page(manager)


def test_empty_groups_and_customers_in_none_are_found(manager: Client, staff: desk.Staff, hoa: Customer) -> None:
    for n in range(3):
        desk.purchase(hoa, number=f"BX-{n}", price=1)
    look({})
    said = words(staff)
    assert "Nobody is in the group “Older customers”." in said and "1 customer is in no group." in said
    assert HEAD in page(manager) and "/desk/groups/of/-/" in page(manager)


def test_group_that_lies_within_another_is_found(staff: desk.Staff, hoa: Customer) -> None:
    Customer.objects.filter(pk=hoa.pk).update(birth_year=1955)
    desk.customer("Lâm", "lam@example.com")
    look({})
    assert [each for each in words(staff) if each.startswith("Everybody in “Older customers” (1) is in")]


def test_trait_that_does_not_fit_is_found_with_where_it_stood(
    staff: desk.Staff, hoa: Customer, clock: StandingClock
) -> None:
    enacted(staff.manager, r"(?m)^profile:\n", TRAIT)
    Customer.objects.filter(pk=hoa.pk).update(birth_year=1955)
    look({})
    assert [each for each in words(staff) if "does not fit: 80% of 1 customers" in each and "quarter" not in each]
    clock.forward(days=92)
    assert [each for each in words(staff) if "80% of 1 customers" in each and "A quarter ago: 80%." in each]


def test_only_managers_of_the_house_are_told(client: Client, staff: desk.Staff, hoa: Customer) -> None:
    look({})
    client.force_login(staff.agent)
    assert HEAD not in page(client)
    staff.manager.provider = "carriers"
    staff.manager.save()
    client.force_login(staff.manager)
    assert HEAD not in page(client)


def test_it_asks_as_much_for_many_as_for_few(staff: desk.Staff, plan: Any, clock: StandingClock) -> None:
    asked = []
    for number in (5, 120):
        many(number, seed=number)
        clock.forward(days=1)
        look({})
        with CaptureQueriesContext(connection) as queries:
            words(staff)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 8
