"""What a shop pushes of contracts and serial numbers: by its own numbers, the same again changing nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tantam.desk.api import rates, scopes
from tantam.desk.api.actions import NewToken, make_token
from tantam.desk.customers import actions
from tantam.desk.customers.models import Contract, Customer, Product, Unit
from tantam.desk.customers.terms import written_of
from tests.desk.api.world import administrator

HOA = {"name": "Nguyễn Thị Hoa", "mails": ["hoa@x.example"]}
BOUGHT = {
    "customer": "K1",
    "sku": "MG-9",
    "product": "Máy giặt",
    "price": "8990000 VND",
    "ordered_at": "2026-01-05T09:00:00+07:00",
}
AGREED = {
    "customer": "K1",
    "begins": "2027-03-01",
    "ends": "2028-02-29",
    "renews_months": 12,
    "products": ["MG-9"],
    "promises": [{"promise": "first_reply", "within": "10 min"}],
}
SERIAL = {"purchase": "B1", "serial": "sn 00-12"}


@pytest.fixture
def shop(plan: Any) -> Any:
    """What a shop's server sends, with a token of nobody's; it told of a customer and a purchase."""
    secret = make_token(administrator(), NewToken("web shop", scopes.MAY_A_SHOP, shop=True))[1]

    def sent(method: str, path: str, body: Any) -> tuple[int, Any]:
        head = {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}
        ask = getattr(Client(), method)
        answer = ask(f"/api/v1/sources/web-shop/{path}", body, content_type="application/json", headers=head)
        return answer.status_code, answer.json()

    assert sent("put", "customers/K1", HOA)[0] == 200
    assert sent("put", "purchases/B1", BOUGHT)[0] == 200
    yield sent
    rates.forget()


def test_a_contract_is_agreed_once_however_often_it_is_pushed(shop: Any) -> None:
    first = shop("put", "contracts/V-1", AGREED)[1]
    again = shop("put", "contracts/V-1", AGREED)[1]
    moved = shop("put", "contracts/V-1", AGREED | {"ends": "2029-02-28", "kind": "rental"})[1]

    assert [each["outcome"] for each in (first, again, moved)] == ["new", "same", "changed"]
    assert (first["number"], moved["changed"]) == ("V-1", ["ends", "kind"])
    kept = Contract.objects.get()
    assert (kept.ends, kept.renews_months, kept.kind) == (date(2029, 2, 28), 12, "rental")
    assert [each.sku for each in kept.products.all()] == ["MG-9"]
    assert [str(each) for each in kept.promises.all()] == ["first_reply 10 min"]
    codes = list(kept.customer.changes.filter(code__startswith="contract").values_list("code", flat=True))
    assert sorted(codes) == ["contract_agreed", "contract_changed"]


def test_what_the_shop_did_not_change_stays_as_colleagues_left_it(shop: Any, staff: Any) -> None:
    shop("put", "contracts/V-1", AGREED)
    kept = Contract.objects.get()
    actions.change_contract(kept, staff.manager, seen=0, written=written_of(kept) | {"notice_days": "60"})

    assert shop("put", "contracts/V-1", AGREED)[1]["outcome"] == "same"
    assert shop("put", "contracts/V-1", AGREED | {"site": "Kho Q7"})[1]["changed"] == ["site"]
    kept.refresh_from_db()
    assert (kept.notice_days, kept.site) == (60, "Kho Q7")


def test_29_february_is_a_last_day_in_leap_years_alone(shop: Any) -> None:
    assert shop("put", "contracts/V-1", AGREED)[0] == 200
    status, answer = shop("put", "contracts/V-2", AGREED | {"begins": "2026-03-01", "ends": "2027-02-29"})

    assert (status, answer["fields"][0]["field"]) == (422, "ends")
    assert "2027-02-29" in answer["fields"][0]["message"]
    assert Contract.objects.get().ends == date(2028, 2, 29)


def test_a_contract_that_cannot_be_kept_costs_no_other_and_says_why(shop: Any) -> None:
    odd = [
        {"customer": "K9"},
        {"products": ["MG-404"]},
        {"ends": "2027-02-28"},
        {"promises": [{"promise": "eternal_youth", "within": "4 h"}]},
        {"promises": [{"promise": "first_reply", "within": "soon"}]},
        {"number": "V-0"},
        {"ended": "2027-02-01"},
        {"begins": ""},
    ]
    items = [AGREED | {"id": "V-0"}, *(AGREED | {"id": f"V-{at + 1}"} | each for at, each in enumerate(odd))]
    status, answer = shop("post", "contracts", {"items": items})

    assert status == 200
    assert [(each["outcome"], each["code"], each["field"]) for each in answer["items"]] == [
        ("new", "", ""),
        ("rejected", "unknown_customer", "customer"),
        ("rejected", "unknown_product", "products"),
        ("rejected", "ends_before", "ends"),
        ("rejected", "unknown_promise", "promises"),
        ("rejected", "bad_within", "promises"),
        ("rejected", "contract_known", "number"),
        ("rejected", "ends_before", "ended"),
        ("rejected", "no_begin", "begins"),
    ]
    assert all(each["message"] for each in answer["items"][1:])
    assert Contract.objects.count() == 1


def test_a_contract_that_a_colleague_wrote_down_is_found_by_its_number(shop: Any, staff: Any) -> None:
    hoa = Customer.objects.get()
    actions.agree_contract(hoa, staff.manager, {"number": "V-1", "begins": "2026-01-01"})

    assert shop("put", "contracts/77", AGREED | {"number": "V-1"})[1]["outcome"] == "matched"
    assert Contract.objects.get().begins == date(2026, 1, 1)
    assert shop("put", "contracts/78", AGREED | {"number": "V-1"})[0] == 422


def test_a_contract_that_was_given_up_ends_that_day(shop: Any) -> None:
    shop("put", "contracts/V-1", AGREED)
    answer = shop("put", "contracts/V-1", AGREED | {"ended": "2027-06-01"})[1]

    assert answer["changed"] == ["ended"]
    kept = Contract.objects.get()
    assert kept.ended == date(2027, 6, 1)
    assert kept.customer.changes.filter(code="contract_ended").count() == 1


def test_a_serial_number_is_kept_once_and_its_hand_over_is_written(shop: Any) -> None:
    first = shop("put", "units/U1", SERIAL)[1]
    again = shop("put", "units/U1", SERIAL | {"serial": "SN-0012"})[1]
    handed = shop("put", "units/U1", SERIAL | {"handed_over_at": "2026-01-07T10:00:00+07:00"})[1]
    mended = shop("put", "units/U1", SERIAL | {"serial": "SN 0013"})[1]

    assert [each["outcome"] for each in (first, again, handed, mended)] == ["new", "same", "changed", "changed"]
    assert first["number"] == "B1"
    kept = Unit.objects.get()
    assert (kept.serial, kept.purchase.number, kept.handed_over_at is None) == ("SN0013", "B1", False)


def test_a_serial_number_of_something_else_is_rejected_with_its_reason(shop: Any) -> None:
    shop("put", "purchases/B2", BOUGHT)
    shop("put", "units/U1", SERIAL)
    items = [
        {"id": "U2", "purchase": "B9", "serial": "X1"},
        {"id": "U3", "purchase": "B2", "serial": "SN-0012"},
        {"id": "U4", "purchase": "B1", "serial": "X2", "sku": "TV-5"},
        {"id": "U5", "purchase": "B1", "serial": "--"},
        {"id": "X3", "purchase": "B1", "sku": "MG-9"},
    ]
    answer = shop("post", "units", {"items": items})[1]

    assert [(each["outcome"], each["code"]) for each in answer["items"]] == [
        ("rejected", "unknown_purchase"),
        ("rejected", "serial_taken"),
        ("rejected", "other_product"),
        ("rejected", "bad_serial"),
        ("new", ""),
    ]
    assert sorted(Unit.objects.values_list("serial", flat=True)) == ["SN0012", "X3"]
    assert Product.objects.count() == 1
