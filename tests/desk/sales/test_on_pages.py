"""On the private page a quote is accepted or declined; on the desk it is made, noted, and stands in the pipeline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tantam.desk.cases.actions import pin, promise
from tantam.desk.cases.models import Case
from tantam.desk.cases.vows import Vow
from tantam.desk.common import clock as clocks
from tantam.desk.customers.models import Customer
from tantam.desk.sales.actions import quote, win
from tantam.desk.sales.models import Enquiry, Quote
from tests.desk.portal.pages import Visitor, forms, text
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.offers import offer, standing

TABLES = ("By group", "By topic", "By channel", "By provider")


@pytest.fixture
def visitor(plan: object, clock: StandingClock) -> Visitor:
    return Visitor(clock)


def say(visitor: Visitor, case: Case, what: str, **written: str) -> Any:
    page = f"/c/{case.link_key}/"
    path = f"{page}quotes/{Quote.objects.latest('id').number}/{what}/"
    return visitor.client.post(path, forms(visitor.get(page))[path] | written)


def test_customer_reads_the_quote_and_accepts_it(visitor: Visitor, asked: Case, staff: desk.Staff) -> None:
    made = quote(asked, staff.agent, offer())
    page = text(visitor.get(f"/c/{asked.link_key}/"))
    assert made.number in page
    assert "₫18,130,000" in page
    assert say(visitor, asked, "accept").status_code == 302
    assert standing(asked) == ("won", "")
    assert "You accepted this quote" in text(visitor.get(f"/c/{asked.link_key}/"))


def test_customer_declines_with_a_reason(visitor: Visitor, asked: Case, staff: desk.Staff) -> None:
    quote(asked, staff.agent, offer())
    assert say(visitor, asked, "decline", reason="price", words="Quá đắt").status_code == 302
    assert standing(asked) == ("lost", "price")


def test_wrong_reason_is_said_and_loses_no_word(visitor: Visitor, asked: Case, staff: desk.Staff) -> None:
    quote(asked, staff.agent, offer())
    answer = say(visitor, asked, "decline", reason="mood", words="Quá đắt")
    assert answer.status_code == 422
    assert 'value="Quá đắt"' in answer.content.decode()


def test_quote_that_ran_out_is_not_accepted_from_an_old_page(
    visitor: Visitor,
    asked: Case,
    staff: desk.Staff,
    clock: StandingClock,
) -> None:
    made = quote(asked, staff.agent, offer())
    path = f"/c/{asked.link_key}/quotes/{made.number}/accept/"
    before = forms(visitor.get(f"/c/{asked.link_key}/"))[path]
    clock.forward(days=15)
    assert visitor.client.post(path, before).status_code == 409
    assert standing(asked) == ("quoted", "")


def test_quote_of_another_case_is_not_there(visitor: Visitor, asked: Case, staff: desk.Staff) -> None:
    made = quote(asked, staff.agent, offer())
    other = desk.opened(desk.customer("Lâm", "lam@example.com"), topic="advice")
    assert visitor.client.post(f"/c/{other.link_key}/quotes/{made.number}/accept/").status_code == 404


def test_colleague_makes_a_quote_on_the_case(agent: Client, asked: Case, machine: Any) -> None:
    written = {"what-1": "mg-9", "pieces-1": "2", "price-1": "8.990.000", "what-3": "Lắp đặt", "price-3": "150000"}
    done = agent.post(f"/desk/cases/{asked.pk}/quote/", written | {"until": "2026-12-24"})
    assert done.status_code == 302
    made = Quote.objects.get()
    assert (made.total_minor, f"{made.valid_until:%Y-%m-%d}") == (18_130_000, "2026-12-24")
    assert [line.product for line in made.lines.all()] == [machine, None]


def test_wrong_price_is_said_and_loses_no_line(agent: Client, asked: Case) -> None:
    answer = agent.post(f"/desk/cases/{asked.pk}/quote/", {"what-1": "Máy giặt", "price-1": "nhiều"})
    assert answer.status_code == 409
    assert 'value="nhiều"' in answer.content.decode()
    assert not Quote.objects.exists()


def test_colleague_notes_what_they_say(agent: Client, asked: Case, staff: desk.Staff) -> None:
    made = quote(asked, staff.agent, offer())
    agent.post(f"/desk/cases/{asked.pk}/lost/", {"reason": "elsewhere", "why": "Mua ở chợ"})
    assert standing(asked) == ("lost", "elsewhere")
    newer = quote(asked, staff.agent, offer())
    agent.post(f"/desk/cases/{asked.pk}/quotes/{newer.number}/accept/")
    assert standing(asked) == ("won", "")
    assert made.number in agent.get(f"/desk/cases/{asked.pk}/").content.decode()


def test_what_was_promised_before_the_sale_is_shown_on_what_comes_after_it(
    agent: Client,
    asked: Case,
    hoa: Customer,
    staff: desk.Staff,
) -> None:
    pin(asked, staff.agent, "Hứa lắp đặt miễn phí")
    promise(asked, staff.agent, Vow(words="Gửi hướng dẫn", due=clocks.now().replace(hour=12)))
    bought = desk.purchase(hoa)
    win(asked, staff.agent, bought.number)
    after = desk.opened(hoa, purchase=bought)
    other = desk.opened(hoa)
    page = agent.get(f"/desk/cases/{after.pk}/").content.decode()
    assert "Hứa lắp đặt miễn phí" in page
    assert "Gửi hướng dẫn" in page
    assert "Hứa lắp đặt miễn phí" not in agent.get(f"/desk/cases/{other.pk}/").content.decode()


def test_pipeline_shows_what_is_open_and_what_became_of_the_rest(
    agent: Client,
    asked: Case,
    staff: desk.Staff,
) -> None:
    quote(asked, staff.agent, offer())
    lost = desk.opened(desk.customer("Lâm", "lam@example.com"), topic="advice", body="Có trả góp không?")
    agent.post(f"/desk/cases/{lost.pk}/lost/", {"reason": "price"})
    page = agent.get("/desk/sales/").content.decode()
    assert asked.subject in page
    assert "18.130.000" in page or "18,130,000" in page
    assert lost.subject not in page


def test_what_became_of_it_is_told_by_group_topic_channel_and_provider(
    agent: Client, asked: Case, hoa: Customer, staff: desk.Staff
) -> None:
    page = agent.get("/desk/sales/").content.decode()
    assert [each for each in TABLES if f'aria-label="{each}"' in page] == ["By group", "By topic", "By channel"]
    Case.objects.filter(pk=asked.pk).update(provider="carriers")
    win(asked, staff.agent)
    desk.opened(hoa, topic="advice")
    page = text(agent.get("/desk/sales/"))
    assert "Carriers 1 1 0 100" in page.replace("The carriers", "Carriers")
    assert "our own people 1 0 0" in page


def test_empty_pipeline_teaches(agent: Client) -> None:
    assert 'class="empty"' in agent.get("/desk/sales/").content.decode()


def test_pipeline_asks_as_much_for_many_as_for_few(
    agent: Client,
    asked: Case,
    staff: desk.Staff,
    connection_queries: Callable[[Callable[[], object]], int],
) -> None:
    quote(asked, staff.agent, offer())
    agent.get("/desk/sales/")
    few = connection_queries(lambda: agent.get("/desk/sales/"))
    for number in range(6):
        more = desk.opened(desk.customer(f"Khách {number}", f"k{number}@example.com"), topic="advice")
        quote(more, staff.agent, offer())
    assert connection_queries(lambda: agent.get("/desk/sales/")) == few
    assert Enquiry.objects.count() == 7
