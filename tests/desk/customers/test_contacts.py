"""Addresses in one written form, customers found by them, purchases proved without telling what exists."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tantam.desk.common.errors import Refused
from tantam.desk.customers.actions import meet, welcome
from tantam.desk.customers.contacts import find_customer, mail_of, normal, normal_mail, normal_phone, proved
from tantam.desk.customers.models import Contact, Customer
from tests.support.clock import StandingClock
from tests.support.desk import customer, purchase


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Hoa@Example.COM", "hoa@example.com"),
        ("  hoa@example.com\n", "hoa@example.com"),
        ("hoa@Bücher.example", "hoa@xn--bcher-kva.example"),
        ("ｈｏａ@example.com", "hoa@example.com"),
        ("hoa@", ""),
        ("@example.com", ""),
        ("hoa@example", ""),
        ("hoa at example.com", ""),
        ("hoa@example.com, nam@example.com", ""),
        ("hoa@example.com\nBcc: x@example.com", ""),
        ("h" * 250 + "@example.com", ""),
        ("hoa@" + "x." * 200 + "com", ""),
        ("", ""),
    ],
)
def test_mail_is_kept_in_one_form(written: str, kept: str) -> None:
    assert normal_mail(written) == kept


@pytest.mark.parametrize(
    ("written", "country", "kept"),
    [
        ("0912 345 678", "VN", "+84912345678"),
        ("+84 912 345 678", "VN", "+84912345678"),
        ("0084 912345678", "VN", "+84912345678"),
        ("(028) 3822-9999", "VN", "+842838229999"),
        ("030 901820", "DE", "+4930901820"),
        ("+49 30 901820", "VN", "+4930901820"),
        ("12", "VN", ""),
        ("call me", "VN", ""),
        ("9" * 300, "VN", ""),
        ("", "VN", ""),
    ],
)
def test_phone_is_kept_in_one_form(written: str, country: str, kept: str) -> None:
    assert normal_phone(written, country) == kept


def test_country_is_the_plans_where_none_is_given(plan: Any) -> None:
    assert normal("0912345678") == (Contact.Kind.PHONE, "+84912345678")


def test_customer_is_found_by_however_they_write_their_address(hoa: Any) -> None:
    Contact.objects.create(customer=hoa, kind=Contact.Kind.PHONE, value="+84912345678")
    assert find_customer(mail=" HOA@example.com") == find_customer(phone="0912 345 678") == hoa
    assert find_customer(mail="nobody@example.com") is None


def test_a_known_phone_does_not_stand_in_for_an_unknown_mail(hoa: Any) -> None:
    Contact.objects.create(customer=hoa, kind=Contact.Kind.PHONE, value="+84912345678")
    assert find_customer(mail="stranger@example.com", phone="0912345678") is None


def test_letters_go_to_the_verified_address(hoa: Any, clock: Any) -> None:
    Contact.objects.create(customer=hoa, kind=Contact.Kind.MAIL, value="new@example.com", verified_at=clock.instant)
    assert mail_of(hoa) == "new@example.com"


def test_purchase_is_proved_by_number_and_contact(hoa: Any) -> None:
    bought = purchase(hoa)
    assert proved(" bx-1001 ", "HOA@example.com") == bought


@pytest.mark.parametrize(
    ("number", "contact"),
    [
        ("BX-1001", "nam@example.com"),
        ("BX-9999", "hoa@example.com"),
        ("BX-1001", "not a contact"),
        ("", "hoa@example.com"),
        ("BX\x00-1001", "nam@example.com"),
    ],
)
def test_whatever_is_wrong_looks_the_same(hoa: Any, number: str, contact: str) -> None:
    purchase(hoa)
    customer("Nam", "nam@example.com")
    with CaptureQueriesContext(connection) as asked:
        assert proved(number, contact, "VN") is None
    assert len(asked) == 1


def test_a_new_customer_is_taken_on_with_what_they_told(plan: Any) -> None:
    made = welcome(name="  Lê   Văn Bê ", mail="BE@example.com", phone="0912345678", language="de", plan=plan)
    assert (made.name, made.language, made.address) == ("Lê Văn Bê", "de", "")
    assert {each.value for each in made.contacts.all()} == {"be@example.com", "+84912345678"}


def test_a_known_customer_stays_as_we_know_them(hoa: Any, plan: Any) -> None:
    again = welcome(name="Somebody Else", mail="hoa@example.com", phone="0999999999", language="en", plan=plan)
    again.refresh_from_db()
    assert again == hoa and (again.name, again.language) == ("Nguyễn Thị Hoa", "vi")
    assert again.contacts.count() == 1, "a stranger must not add a way to prove her purchases"


def test_a_language_the_company_does_not_speak_falls_back(plan: Any) -> None:
    assert welcome(name="X", mail="x@example.com", language="fr", plan=plan).language == plan.languages[0]


def test_a_customer_without_any_contact_is_refused(plan: Any) -> None:
    with pytest.raises(Refused, match="no_contact"):
        welcome(name="X", mail="nonsense", language="vi", plan=plan)
    assert not Customer.objects.exists()


@pytest.mark.parametrize("take_on", [meet, welcome])
def test_who_is_new_is_a_customer_since_the_companys_day(plan: Any, clock: StandingClock, take_on: Any) -> None:
    clock.set_to(datetime(2026, 3, 4, 18, 0, tzinfo=UTC))  # 1:00 on the fifth in Vietnam
    contact = {"contact": "x@example.com"} if take_on is meet else {"mail": "x@example.com"}
    assert take_on(name="X", language="vi", plan=plan, **contact).since == date(2026, 3, 5)


def test_who_tells_the_same_again_is_the_same_stranger(plan: Any) -> None:
    told = {"contact": "x@example.com", "language": "vi", "plan": plan}
    first = meet(name="Lê  Bê", **told)
    assert meet(name="Lê Bê", **told) == first
    assert meet(name="Lê Cê", **told) != first
