"""What a provider's people see of a customer: who they are, their own cases, and no address unless they ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tantam.desk.accounts.models import Person, Role
from tantam.desk.api.actions import NewToken, make_token
from tantam.desk.cases import actions
from tantam.desk.cases.models import Case
from tantam.desk.customers.models import Contact
from tests.support.clock import StandingClock
from tests.support.desk import codes, opened, purchase

PHONE = "+84903123412"


@pytest.fixture
def carrier(staff: Any) -> Person:
    """Somebody of another house, by the plan."""
    return Person.objects.create(email="xe@desk.example", name="Xe", level="agent", provider="carriers", undo_seconds=0)


@pytest.fixture
def browser(carrier: Person, sign_in: Callable[[Person], Client]) -> Client:
    """Their browser."""
    return sign_in(carrier)


@pytest.fixture
def theirs(hoa: Any, staff: Any) -> Case:
    """One of Hoa's two cases is with the carriers; she was born in 1950 and lives alone, and we wrote that down."""
    Contact.objects.create(customer=hoa, kind=Contact.Kind.PHONE, value=PHONE)
    hoa.birth_year, hoa.lives_alone, hoa.note = 1950, True, "Chồng mới mất."
    hoa.save()
    hoa.places.create(lines="12 Hàng Bạc", city="Hà Nội")
    purchase(hoa)
    opened(hoa, subject="Điều riêng của nhà")
    case = opened(hoa, subject="Giao máy giặt")
    Case.objects.filter(pk=case.pk).update(provider="carriers")
    case.refresh_from_db()
    return case


def _text(browser: Client, address: str) -> str:
    answer = browser.get(address)
    return b"".join(answer).decode()


def test_of_a_customer_they_are_shown_who_it_is_and_their_own_cases(browser: Client, theirs: Case) -> None:
    shown = _text(browser, f"/desk/customers/{theirs.customer_id}/")
    assert "Nguyễn Thị Hoa" in shown and "Giao máy giặt" in shown
    for kept in ("Điều riêng của nhà", "1950", "Chồng mới mất", "Hàng Bạc", "BX-1001", PHONE, "hoa@example.com"):
        assert kept not in shown


def test_nothing_shows_them_an_address_before_they_ask(browser: Client, theirs: Case) -> None:
    pages = (f"cases/{theirs.pk}/", f"customers/{theirs.customer_id}/?contacts=shown", "customers/?q=Hoa", "calls/")
    for page in (*pages, "find/?q=Hoa", "", "rows.csv"):
        shown = _text(browser, f"/desk/{page}")
        assert PHONE not in shown and "hoa@example.com" not in shown, page


def test_who_asks_sees_the_addresses_for_half_an_hour_and_it_is_kept(
    browser: Client, theirs: Case, carrier: Person, clock: StandingClock
) -> None:
    for _ in range(2):
        assert browser.post(f"/desk/cases/{theirs.pk}/contacts/").status_code in (200, 302)
    event = theirs.events.get(code="contacts_shown")
    assert event.person == carrier and len(event.args["contacts"]) == 2
    assert PHONE in _text(browser, f"/desk/cases/{theirs.pk}/")
    clock.forward(minutes=31)
    assert PHONE not in _text(browser, f"/desk/cases/{theirs.pk}/")


def test_what_a_colleague_of_theirs_asked_for_stays_hidden_from_others(browser: Client, theirs: Case) -> None:
    other = Person.objects.create(email="an@desk.example", name="An", level="agent", provider="carriers")
    actions.reveal_contacts(theirs, other)
    assert PHONE not in _text(browser, f"/desk/cases/{theirs.pk}/")


def test_who_only_leads_them_reveals_nothing(theirs: Case, sign_in: Callable[[Person], Client]) -> None:
    lead = Person.objects.create(email="dan@desk.example", name="Dẫn", role=Role.LEAD, provider="carriers")
    assert sign_in(lead).post(f"/desk/cases/{theirs.pk}/contacts/").status_code == 403
    assert "contacts_shown" not in codes(theirs)


def test_given_back_it_is_not_there_for_them_any_more(browser: Client, theirs: Case) -> None:
    address = f"/desk/cases/{theirs.pk}/"
    assert browser.get(address).status_code == 200
    Case.objects.filter(pk=theirs.pk).update(provider="")
    assert browser.get(address).status_code == 404
    assert browser.get(f"/desk/customers/{theirs.customer_id}/").status_code == 404


def test_a_case_of_the_house_that_was_joined_to_theirs_is_not_shown_with_it(
    browser: Client, agent: Client, theirs: Case, staff: Any
) -> None:
    house = Case.objects.exclude(pk=theirs.pk).get()
    actions.add_note(house, staff.agent, "Chỉ cho người nhà.")
    actions.merge(house, staff.agent, theirs)
    assert "Chỉ cho người nhà." in _text(agent, f"/desk/cases/{theirs.pk}/")
    assert "Chỉ cho người nhà." not in _text(browser, f"/desk/cases/{theirs.pk}/")


def test_programs_of_theirs_are_told_no_more(client: Client, theirs: Case, carrier: Person, staff: Any) -> None:
    scopes = ("read:customers", "write:customers", "read:cases", "write:cases")
    _, secret = make_token(carrier, NewToken("Xe", scopes))
    head = {"authorization": f"Bearer {secret}"}
    at = f"/api/v1/customers/{theirs.customer_id}"
    told = client.get(at, headers=head).json()
    assert told["name"] == "Nguyễn Thị Hoa" and told["birth_year"] is None and told["note"] == ""
    assert told["places"] == told["purchases"] == told["consents"] == []
    assert {each["value"] for each in told["contacts"]} == {"+8490•••412", "ho•••@example.com"}
    changed = client.patch(at, {"note": "x"}, content_type="application/json", headers=head)
    assert changed.status_code == 404
    shown = client.post(f"/api/v1/cases/{theirs.pk}/contacts", headers=head)
    assert {each["value"] for each in shown.json()} == {PHONE, "hoa@example.com"}
    assert theirs.events.get(code="contacts_shown").person == carrier


def test_what_was_bought_and_when_is_the_houses_to_note(browser: Client, theirs: Case) -> None:
    bought = theirs.customer.purchases.get()
    before = bought.handed_over_at
    browser.post(f"/desk/cases/{theirs.pk}/purchase/", {"purchase": str(bought.pk)})
    theirs.refresh_from_db()
    assert theirs.purchase is None
    Case.objects.filter(pk=theirs.pk).update(purchase=bought)
    browser.post(f"/desk/cases/{theirs.pk}/purchase/handed-over/", {"handed_over": "2020-01-01"})
    bought.refresh_from_db()
    assert bought.handed_over_at == before
    assert "purchase/handed-over/" not in _text(browser, f"/desk/cases/{theirs.pk}/")
