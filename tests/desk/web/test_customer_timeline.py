"""All that happened with a customer stands in one order of time, of every room, page by page."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tantam.desk.calls.models import Call
from tantam.desk.cases.actions import resolve
from tantam.desk.common import clock as now
from tantam.desk.customers import consent
from tantam.desk.customers.models import Contract, Customer, Purchase
from tantam.desk.feedback.models import Rating
from tantam.desk.web import happening_kinds, happenings  # noqa: F401 - the kinds enter themselves
from tantam.desk.web.views.timeline import MOST
from tests.support.desk import customer, opened, purchase

ROW = re.compile(r"<p>\s*<a href=\"[^\"]+\">(.+?)</a>")


@pytest.fixture
def agent(staff: Any, client: Client) -> Client:
    staff.agent.language = "en"
    staff.agent.save()
    client.force_login(staff.agent)
    return client


def at(of: Customer, query: str = "") -> str:
    return f"/desk/customers/{of.pk}/timeline/{query}"


def rows(page: Any) -> list[str]:
    return ROW.findall(page.content.decode())


def test_rooms_that_do_not_know_each_other_stand_in_one_order(
    agent: Client, hoa: Customer, staff: Any, clock: Any
) -> None:
    bought = purchase(hoa)
    Contract.objects.create(number="V-1", customer=hoa, begins=date(2026, 1, 5))
    case = opened(hoa, purchase=bought)
    clock.forward(hours=1)
    Call.objects.create(direction="in", at=now.now(), case=case)
    clock.forward(hours=1)
    resolve(case, staff.agent)
    clock.forward(hours=1)
    Rating.objects.filter(case=case).delete()
    Rating.objects.create(
        case=case, survey="s", question="q", low=1, high=5, score=4, plan_version=case.plan_version, rated_at=now.now()
    )
    consent.keep(hoa, None, consent.Word("marketing"), given=False)
    told = rows(agent.get(at(hoa)))
    first = [each.partition(":")[0] for each in told]
    order = ["Rated us", "Settled", "They called", "Asked", "Handed over", "Bought", "A contract began"]
    assert [each for each in first if each in order] == order
    assert any(each.startswith("Said no") for each in told)


def test_a_thousand_things_of_one_instant_are_each_shown_once(agent: Client, hoa: Customer) -> None:
    product = purchase(hoa, number="BX-0").product
    then = now.now() - timedelta(days=3)
    Purchase.objects.bulk_create(
        Purchase(
            number=f"N{n}",
            customer=hoa,
            product=product,
            price_minor=n,
            currency="VND",
            ordered_at=then,
            handed_over_at=then,
        )
        for n in range(2 * MOST)
    )
    seen: list[str] = []
    address = "?kind=bought"
    for _page in range(9):
        found = agent.get(at(hoa, address)).content.decode()
        seen += re.findall(r"· (N\d+|BX-0) ·", found)
        ways = re.search(r"href=\"[^\"]*(\?[^\"]+)\" rel=\"next\"", found)
        if ways is None:
            break
        address = ways[1].replace("&amp;", "&")
    assert len(seen) == 2 * MOST + 1 == len(set(seen))


def test_many_rows_ask_no_more_queries(agent: Client, hoa: Customer) -> None:
    purchase(hoa)
    opened(hoa)
    agent.get(at(hoa))
    with CaptureQueriesContext(connection) as few:
        agent.get(at(hoa))
    for n in range(5):
        purchase(hoa, number=f"BX-{n}")
        opened(hoa)
    with CaptureQueriesContext(connection) as many:
        agent.get(at(hoa))
    assert len(many) == len(few)


def test_only_one_kind_is_shown_when_it_is_asked_for(agent: Client, hoa: Customer) -> None:
    opened(hoa, purchase=purchase(hoa))
    assert {each.partition(":")[0] for each in rows(agent.get(at(hoa, "?kind=bought")))} == {"Bought"}
    assert "Nothing of this kind happened" in agent.get(at(hoa, "?kind=called")).content.decode()


def test_with_nobody_something_happened_yet_the_page_teaches(agent: Client) -> None:
    assert "appear here by themselves" in agent.get(at(customer("Anna", mail=""))).content.decode()


def test_an_address_that_says_nothing_opens_on_the_newest(agent: Client, hoa: Customer) -> None:
    purchase(hoa)
    whole = rows(agent.get(at(hoa)))
    for wrong in (
        "x",
        "2026-13-99T00:00:00Z|bought|1",
        "2026-01-01T00:00:00|bought|1",
        "2026-01-01T00:00:00Z|bought|x",
    ):
        assert rows(agent.get(at(hoa), {"below": wrong})) == whole


def test_another_house_finds_no_page(staff: Any, client: Client, hoa: Customer) -> None:
    client.force_login(staff.outsider)
    assert client.get(at(hoa)).status_code == 404


def test_two_kinds_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="bought"):
        happenings.happens("bought", "x", "box")(lambda _asked: ())
