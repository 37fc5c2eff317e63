"""A call is written down in a few strokes: whom it was with and on which case is asked only where several are meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from tantam.desk.accounts.models import Person
from tantam.desk.calls.models import Call
from tantam.desk.cases.models import Case, Promise
from tantam.desk.common import work
from tantam.desk.customers.models import Contact, Customer
from tests.support import desk
from tests.support.desk import Staff
from tests.support.phone import NUMBER

PATH = "/desk/calls/new/"
TOO_LATE = "The technician will come to you on 4 March 2028 at 09:30"  # it ends after what is near enough


def _log(browser: Client, **sent: str) -> Any:
    return browser.post(PATH, {"words": "Máy vẫn kêu.", "submission": "f1"} | sent)


def test_a_number_that_nobody_has_and_words_are_enough(agent: Client, plan: object) -> None:
    answer = _log(agent, who="0912 345 678")
    case = Case.objects.get()
    assert answer.headers["Location"] == f"/desk/cases/{case.pk}/"
    assert case.customer.contacts.get().value == Call.objects.get().number == NUMBER
    assert _log(agent, who="0912 345 678").status_code == 302
    assert Call.objects.count() == Case.objects.count() == 1


@pytest.mark.parametrize("who", ["Hoa", "hoa@example.com", "0912345678", "reference"])
def test_by_any_of_their_names_it_lands_on_the_only_case_under_way(agent: Client, hoa: Customer, who: str) -> None:
    Contact.objects.create(customer=hoa, kind=Contact.Kind.PHONE, value=NUMBER)
    case = desk.opened(hoa)
    answer = _log(agent, who=case.reference if who == "reference" else who, minutes="4")
    assert answer.headers["Location"] == f"/desk/cases/{case.pk}/"
    assert case.events.get(code="called_us").args["seconds"] == 240


def test_of_several_cases_one_is_chosen_and_nothing_typed_is_lost(agent: Client, hoa: Customer) -> None:
    first = desk.opened(hoa)
    desk.opened(hoa)
    answer = _log(agent, who="Hoa", promise="tomorrow at ten")
    shown = answer.content.decode()
    assert answer.status_code == 422 and "Máy vẫn kêu." in shown and "tomorrow at ten" in shown
    assert first.reference in shown and not Call.objects.exists()
    _log(agent, who="Hoa", customer=str(hoa.pk), case=str(first.pk))
    assert Call.objects.get().case == first
    _log(agent, who="Hoa", customer=str(hoa.pk), case="new", submission="f2")
    assert Case.objects.count() == 3


def test_of_several_customers_one_is_chosen(agent: Client, hoa: Customer) -> None:
    other = desk.customer("Lê Hoa", "le@example.com")
    assert "Lê Hoa" in _log(agent, who="Hoa").content.decode()
    _log(agent, who="Hoa", customer=str(other.pk))
    assert Case.objects.get().customer == other


def test_what_was_promised_is_recognised_as_elsewhere(agent: Client, hoa: Customer) -> None:
    _log(agent, who="Hoa", promise="I'll call you tomorrow at ten")
    made = Promise.objects.get(by_hand=True)
    assert (made.kind, made.due_at) == ("call_back", datetime(2026, 3, 5, 3, 0, tzinfo=UTC))


@pytest.mark.parametrize("wrong", [{"who": ""}, {"who": "Nobody Here"}, {"words": " "}, {"promise": "whenever"}])
def test_what_is_wrong_is_said_before_anything_is_kept(agent: Client, hoa: Customer, wrong: dict[str, str]) -> None:
    answer = _log(agent, **{"who": "Hoa"} | wrong)
    assert answer.status_code == 422 and 'class="error' in answer.content.decode()
    assert not Call.objects.exists() and not Case.objects.exists()


def test_a_promise_that_cannot_be_kept_leaves_no_half_of_a_call(agent: Client, hoa: Customer) -> None:
    answer = _log(agent, who="Hoa", promise=TOO_LATE)
    assert answer.status_code == 422 and not Call.objects.exists() and not Case.objects.exists()


def test_a_provider_writes_down_no_call_with_somebody_elses_customer(
    staff: Staff, hoa: Customer, sign_in: Callable[[Person], Client]
) -> None:
    Contact.objects.create(customer=hoa, kind=Contact.Kind.PHONE, value=NUMBER)
    browser = sign_in(Person.objects.create(email="xe@desk.example", name="Xe", level="agent", provider="carriers"))
    assert _log(browser, who=NUMBER).status_code == 422
    assert _log(browser, who="+84912000000").status_code == 422
    assert not Call.objects.exists() and Customer.objects.count() == 1


def test_a_provider_sees_the_new_case_of_a_call_that_it_wrote_down(
    staff: Staff, hoa: Customer, sign_in: Callable[[Person], Client]
) -> None:
    Contact.objects.create(customer=hoa, kind=Contact.Kind.PHONE, value=NUMBER)
    desk.opened(hoa)
    Case.objects.update(provider="carriers")
    browser = sign_in(Person.objects.create(email="xe@desk.example", name="Xe", level="agent", provider="carriers"))
    answer = _log(browser, who=NUMBER, customer=str(hoa.pk), case="new")
    made = Case.objects.latest("pk")
    assert answer.headers["Location"] == f"/desk/cases/{made.pk}/" and Case.objects.count() == 2
    assert (made.provider, made.owner.name) == ("carriers", "Xe")
    assert browser.get(answer.headers["Location"]).status_code == 200
    while work.run_due():  # routing leaves it where it is
        pass
    assert browser.get(answer.headers["Location"]).status_code == 200


def test_from_a_case_it_begins_with_that_case(agent: Client, hoa: Customer) -> None:
    case = desk.opened(hoa)
    shown = agent.get(PATH, headers={"Referer": f"http://testserver/desk/cases/{case.pk}/"}).content.decode()
    assert f'value="{case.reference}"' in shown
    shown = agent.get(PATH, headers={"Referer": f"http://testserver/desk/customers/{hoa.pk}/"}).content.decode()
    assert f'name="customer" value="{hoa.pk}"' in shown
    assert (
        case.reference not in agent.get(PATH, headers={"Referer": f"http://x/desk/cases/{case.pk}/"}).content.decode()
    )


def test_who_called_is_chosen(agent: Client, hoa: Customer) -> None:
    case = desk.opened(hoa)
    _log(agent, who="Hoa", direction="out")
    assert case.messages.filter(channel="phone").get().direction == "outgoing"


def test_without_javascript_it_is_a_plain_form(agent: Client, plan: object) -> None:
    shown = agent.get(PATH).content.decode()
    assert 'method="post"' in shown and 'name="words"' in shown
