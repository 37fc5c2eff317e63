"""What a shop pushes: by its own numbers, the same again changing nothing, each row told by itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.api import rates, scopes
from tantam.desk.api.actions import NewToken, make_token
from tantam.desk.customers.models import Customer, Purchase
from tests.desk.api.world import administrator, token_of

HOA = {"name": "Nguyễn Thị Hoa", "mails": ["hoa@x.example"], "phones": ["0903 123 412"], "birth_year": 1960}
BOUGHT = {
    "customer": "K1",
    "sku": "MG-9",
    "product": "Máy giặt",
    "price": "8990000 VND",
    "ordered_at": "2026-01-05T09:00:00+07:00",
}


@pytest.fixture
def shop(plan: Any) -> Any:
    """What a shop's server sends, with a token of nobody's."""
    secret = make_token(administrator(), NewToken("web shop", scopes.MAY_A_SHOP, shop=True))[1]
    yield lambda method, path, body: _sent(secret, method, path, body)
    rates.forget()


def _sent(secret: str, method: str, path: str, body: Any) -> tuple[int, Any]:
    head = {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}
    ask = getattr(Client(), method)
    answer = ask(f"/api/v1/sources/web-shop/{path}", body, content_type="application/json", headers=head)
    return answer.status_code, answer.json()


def test_a_customer_is_taken_in_once_however_often_they_are_pushed(shop: Any) -> None:
    first = shop("put", "customers/K1", HOA)[1]
    again = shop("put", "customers/K1", HOA)[1]
    changed = shop("put", "customers/K1", HOA | {"birth_year": 1961})[1]

    assert [each["outcome"] for each in (first, again, changed)] == ["new", "same", "changed"]
    assert first["customer"] == again["customer"] == str(Customer.objects.get().pk)
    assert changed["changed"] == ["birth_year"]
    assert set(Customer.objects.get().contacts.values_list("value", flat=True)) == {"hoa@x.example", "+84903123412"}


def test_a_purchase_follows_its_buyer_and_a_hand_over_is_written(shop: Any) -> None:
    assert shop("put", "purchases/B1", BOUGHT)[0] == 422  # nobody knows K1 yet
    shop("put", "customers/K1", HOA)

    first = shop("put", "purchases/B1", BOUGHT)[1]
    handed = shop("put", "purchases/B1", BOUGHT | {"handed_over_at": "2026-01-07T10:00:00+07:00"})[1]

    assert (first["outcome"], first["number"]) == ("new", "B1")
    assert (handed["outcome"], handed["changed"]) == ("changed", ["handed_over_at"])
    assert Purchase.objects.get().price_minor == 8_990_000


def test_of_many_each_is_told_by_itself(shop: Any) -> None:
    items = [
        HOA | {"id": "K1"},
        {"id": "K2", "name": "Kim Weber", "mails": ["kim@"]},
        {"id": "K3"},
        {"id": "K1", "name": "Somebody else"},
        {"id": "K4", "name": "Hoa Nguyen", "phones": ["+84903123412", "x"]},
        {"id": "K5", "name": "Hoa Nguyen Thi", "phones": ["+84903123412"]},
    ]
    status, answer = shop("post", "customers", {"items": items})

    assert status == 200
    became = [(each["id"], each["outcome"], each["code"], each["field"]) for each in answer["items"]]
    assert became == [
        ("K1", "new", "", ""),
        ("K2", "rejected", "bad_mail", "mails"),
        ("K3", "rejected", "no_name", ""),
        ("K1", "rejected", "twice", "id"),
        ("K4", "rejected", "bad_phone", "phones"),
        ("K5", "matched", "", ""),
    ]
    assert answer["items"][1]["message"] == "“kim@” is no mail address."
    assert Customer.objects.count() == 1


@pytest.mark.parametrize(
    ("price", "field"),
    [
        ("12.50 VND", "price"),
        ("-3 EUR", "price"),
        ("free", "price"),
        ("12,5 EUR", "price"),
        ("12.5 EUR", ""),
        ("1,234.50 EUR", ""),
    ],
)
def test_a_price_is_money_of_its_currency(shop: Any, price: str, field: str) -> None:
    shop("put", "customers/K1", HOA)
    status, answer = shop("put", "purchases/B1", BOUGHT | {"price": price})
    assert status == (422 if field else 200)
    assert not field or answer["fields"][0]["field"] == field


def test_too_many_at_once_and_what_is_unknown_are_refused_whole(shop: Any) -> None:
    assert shop("post", "customers", {"items": [HOA | {"id": str(n)} for n in range(501)]})[0] == 422
    assert shop("put", "customers/K1", HOA | {"nmae": "x"})[0] == 422
    assert not Customer.objects.exists()


def test_who_decides_nothing_for_the_house_pushes_nothing(staff: Any) -> None:
    assert _sent(token_of(staff.agent), "put", "customers/K1", HOA)[0] == 403
    assert _sent(token_of(staff.manager), "put", "customers/K1", HOA)[0] == 200


def test_a_shop_s_token_pushes_only_where_its_maker_said_so(plan: Any) -> None:
    secret = make_token(administrator(), NewToken("a form", scopes.OF_A_SHOP, shop=True))[1]
    assert _sent(secret, "put", "customers/K1", HOA) == (
        403,
        {"code": "scope", "message": "This token needs the scope push:customers.", "fields": []},
    )
