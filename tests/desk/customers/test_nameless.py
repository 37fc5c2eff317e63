"""Whom nobody has named is called by the network and the day, in the reader's language, until somebody names them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import translation

from tantam.desk import plans
from tantam.desk.customers import address
from tantam.desk.customers.actions import learn_name, welcome_by_handle
from tantam.desk.customers.models import Customer
from tests.support import desk

PSID = "24412345678901234"


def met(network: str = "messenger", handle: str = PSID, name: str = "") -> Customer:
    return welcome_by_handle(handle=handle, network=network, name=name or handle, language="vi", plan=plans.in_force())


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Customer on Messenger · 4 Mar"),
        ("de", "Kunde über Messenger · 04.03."),
        ("vi", "Khách trên Messenger · 04/03"),
    ],
)
def test_by_network_and_day_in_the_readers_language(plan: object, lang: str, words: str) -> None:
    customer = met()
    with translation.override(lang):
        assert customer.shown == words and customer.name == PSID


def test_at_the_window_by_the_chat(plan: object) -> None:
    with translation.override("en"):
        assert met("chat", "chat-abcdefghij").shown.startswith("Customer in the chat · ")


def test_a_comment_whose_writer_is_not_told_by_facebook(plan: object) -> None:
    with translation.override("en"):
        assert met("facebook", "comment-77_1", "Facebook").shown.startswith("Customer on Facebook · ")


@pytest.mark.parametrize(
    ("network", "handle", "name"),
    [("whatsapp", "+84912345678", ""), ("messenger", PSID, "Kim Lê"), ("zalo", "9", "Lan")],
)
def test_what_people_can_read_stays(plan: object, network: str, handle: str, name: str) -> None:
    assert met(network, handle, name).shown == (name or handle)


def test_their_name_once_it_is_known(plan: object) -> None:
    customer = met()
    assert learn_name("Kim Lê", handle=PSID, network="messenger") == 1
    customer.refresh_from_db()
    assert customer.shown == "Kim Lê" and not customer.is_nameless


def test_a_letter_never_calls_them_by_their_handle(plan: object) -> None:
    customer = met()
    for lang in ("vi", "de", "en"):
        assert PSID not in address.greeting(customer, lang) + address.called(customer, lang)


def test_pages_show_it_and_lists_too(staff: Any) -> None:
    customer = met()
    case = desk.opened(customer)
    client = Client()
    client.force_login(staff.agent)
    for where in (f"/desk/customers/{customer.pk}/", f"/desk/cases/{case.pk}/", "/desk/?view=all"):
        assert (
            "Customer on Messenger · " in client.get(f"{where}{'&' if '?' in where else '?'}lang=en").content.decode()
        )


def test_those_before_are_found_and_named_ones_left(plan: object) -> None:
    customer, named = met(), met("zalo", "2468", "Lan")
    phone = met("whatsapp", "+84912345678")
    Customer.objects.update(stand_in="")
    import_module("tantam.desk.customers.migrations.0008_who_is_nameless").note(apps, None)
    for each in (customer, named, phone):
        each.refresh_from_db()
    assert (customer.stand_in, named.stand_in, phone.stand_in) == (f"messenger:{PSID}", "", "")
