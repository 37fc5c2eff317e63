"""The pages on which customers are found to be one: what is seen, what is refused, and who may."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tantam.desk.accounts.models import Person
from tantam.desk.customers.models import Customer
from tantam.desk.duplicates.looking import look
from tantam.desk.duplicates.models import Merging, Pair
from tests.support.desk import customer, opened


def sent(pair: Pair, do: str, **more: Any) -> dict[str, Any]:
    both = {f"seen_{each.pk}": each.edition for each in (pair.first, pair.second)}
    return {"pair": pair.pk, "do": do, "kept": pair.first_id} | both | more


def test_a_pair_is_shown_with_its_reason_and_merged(agent: Client, hoa: Any, staff: Any) -> None:
    other = customer("Hoa Nguyễn Thị")
    opened(other)
    look()
    said = agent.get("/desk/customers/same/").content.decode()
    assert "the same mail address" in said and "Hoa Nguyễn Thị" in said and "hoa@example.com" not in said
    answer = agent.post("/desk/customers/same/", sent(Pair.objects.get(), "merge"))
    assert answer.status_code == 302 and answer["Location"] == f"/desk/customers/{hoa.pk}/"
    assert other.cases.count() == 0 and hoa.cases.count() == 1
    page = agent.get(f"/desk/customers/{hoa.pk}/").content.decode()
    assert "Take it back" in page and "Hoa Nguyễn Thị" in page
    gone = agent.get(f"/desk/customers/{other.pk}/")
    assert gone.status_code == 302 and gone["Location"] == f"/desk/customers/{hoa.pk}/"
    assert "Hoa Nguyễn Thị" not in agent.get("/desk/customers/same/").content.decode()


def test_the_second_can_be_the_one_who_stays(agent: Client, hoa: Any) -> None:
    other = customer("Hoa Nguyễn Thị")
    look()
    agent.post("/desk/customers/same/", sent(Pair.objects.get(), "merge", kept=other.pk))
    hoa.refresh_from_db()
    assert hoa.merged_into_id == other.pk


def test_a_pair_that_changed_meanwhile_is_not_merged(agent: Client, hoa: Any) -> None:
    customer("Hoa Nguyễn Thị")
    look()
    old = sent(Pair.objects.get(), "merge")
    Customer.objects.filter(pk=hoa.pk).update(edition=7)
    answer = agent.post("/desk/customers/same/", old, follow=True)
    assert "Somebody changed this customer" in answer.content.decode() and not Merging.objects.exists()


def test_two_who_are_two_leave_the_list(agent: Client, hoa: Any) -> None:
    customer("Hoa Nguyễn Thị")
    look()
    agent.post("/desk/customers/same/", sent(Pair.objects.get(), "apart"))
    look()
    assert "No two customers look like one" in agent.get("/desk/customers/same/").content.decode()


def test_one_whom_nobody_found_is_searched_for_merged_and_taken_back(agent: Client, hoa: Any) -> None:
    other = customer("Bà Hoa ở Huế", mail="hue@example.com")
    at = f"/desk/customers/{hoa.pk}/same/"
    assert "Bà Hoa ở Huế" in agent.get(at, {"q": "hoa hue"}).content.decode()
    seen = {f"seen_{each.pk}": each.edition for each in (hoa, other)}
    assert agent.post(at, {"gone": other.pk, **seen}).status_code == 302
    other.refresh_from_db()
    assert other.merged_into_id == hoa.pk
    agent.post(at, {"do": "back", "merging": Merging.objects.get().pk})
    other.refresh_from_db()
    assert other.merged_into_id is None and other.contacts.get().value == "hue@example.com"


def test_another_house_sees_nothing_of_it(hoa: Any, staff: Any, sign_in: Any) -> None:
    partner = Person.objects.create(email="p@x.example", name="P", level="agent", provider="carriers", password="!")
    browser = sign_in(partner)
    customer("Hoa Nguyễn Thị")
    look()
    assert browser.get("/desk/customers/same/").status_code == 404
    assert browser.post("/desk/customers/same/", sent(Pair.objects.get(), "merge")).status_code == 404
    assert not Merging.objects.exists()


def test_queries_do_not_grow_with_the_pairs(agent: Client, hoa: Any, connection_queries: Any) -> None:
    customer("Hoa Nguyễn Thị")
    look()
    few = connection_queries(lambda: agent.get("/desk/customers/same/"))
    for number in range(4):
        customer(f"Chị Hoa {number}")
    look()
    assert Pair.objects.count() > 5
    assert connection_queries(lambda: agent.get("/desk/customers/same/")) == few
