"""A shop pushes deliveries: promised once, moved and called off with the customer told, arrived, handed over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tantam.desk.api import rates, scopes
from tantam.desk.api.actions import NewToken, make_token
from tantam.desk.cases.models import Case, CaseEvent, Message
from tantam.desk.common import clock as times
from tantam.desk.common import work
from tantam.desk.customers.models import Customer, Delivery, Purchase
from tantam.desk.deliveries.actions import promise_delivery
from tests.desk.api.world import administrator
from tests.support import desk
from tests.support.clock import StandingClock

State = Delivery.State
HOA = {"name": "Nguyễn Thị Hoa", "mails": ["hoa@x.example"]}
BOUGHT = {
    "customer": "K1",
    "sku": "MG-9",
    "product": "Máy giặt",
    "price": "8990000 VND",
    "ordered_at": "2026-01-05T09:00:00+07:00",
}


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


def _day(days: int) -> str:
    return (times.now().astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date() + timedelta(days=days)).isoformat()


def _promised(days: int = 2, **more: Any) -> dict[str, Any]:
    return {"purchase": "B1", "due": _day(days)} | more


def test_a_delivery_is_promised_once_however_often_it_is_pushed(shop: Any) -> None:
    told = _promised(number="L-1", carrier="Giao Nhanh", tracking="GN77")
    first, again = (shop("put", "deliveries/D1", told)[1] for _time in range(2))

    assert [each["outcome"] for each in (first, again)] == ["new", "same"]
    kept = Delivery.objects.get()
    assert (kept.number, kept.promised_by, kept.tracking, kept.state) == ("L-1", "Giao Nhanh", "GN77", State.OWED)
    codes = kept.purchase.customer.changes.values_list("code", flat=True)
    assert list(codes).count("delivery_promised") == 1


def test_late_one_is_broken_and_told_without_anybody_looking(shop: Any, clock: StandingClock) -> None:
    shop("put", "deliveries/D1", _promised())
    clock.set_to(Delivery.objects.get().due_at + timedelta(minutes=1))
    while work.run_due():
        pass

    late = Delivery.objects.get()
    assert (late.state, late.ended_at) == (State.BROKEN, late.due_at)
    assert CaseEvent.objects.filter(code="delivery_late").count() == 1


def test_another_day_is_told_the_customer_once_with_its_reason_if_there_is_one(shop: Any) -> None:
    shop("put", "deliveries/D1", _promised())
    for _time in range(2):
        answer = shop("put", "deliveries/D1", _promised(4, reason="Kho hết hàng"))[1]
    shop("put", "deliveries/D1", _promised(5))

    assert answer["outcome"] == "same"
    kept, case = Delivery.objects.get(), Case.objects.get()
    assert (kept.moved, kept.due_at.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date().isoformat()) == (2, _day(5))
    first, second = case.messages.exclude(sent_to="").order_by("pk").values_list("body", flat=True)
    assert "Kho hết hàng" in first
    assert "None" not in second and ":  " not in second and not second.rstrip().endswith(":")


def test_arrival_keeps_the_promise_and_hands_over_what_was_bought(shop: Any) -> None:
    at = "2026-01-09T10:00:00+07:00"
    shop("put", "deliveries/D1", _promised())
    answer = shop("put", "deliveries/D1", _promised(arrived_at=at))[1]

    assert (answer["outcome"], answer["changed"]) == ("changed", ["arrived_at"])
    kept, instant = Delivery.objects.get(), datetime.fromisoformat(at)
    assert (kept.state, kept.ended_at, kept.purchase.handed_over_at) == (State.KEPT, instant, instant)
    assert not Case.objects.exists(), "nobody is written to about what went well"


def test_a_purchase_in_several_parts_is_handed_over_with_the_last(shop: Any) -> None:
    early, late = "2026-01-08T10:00:00+07:00", "2026-01-09T10:00:00+07:00"
    shop("post", "deliveries", {"items": [_promised(id="D1", number="1"), _promised(id="D2", number="2")]})
    shop("put", "deliveries/D2", _promised(number="2", arrived_at=late))
    assert Purchase.objects.get().handed_over_at is None
    shop("put", "deliveries/D1", _promised(number="1", arrived_at=early))

    assert Purchase.objects.get().handed_over_at == datetime.fromisoformat(late)


def test_arrival_that_was_noted_wrongly_moves_the_hand_over_along(shop: Any) -> None:
    wrong, right = "2026-01-08T10:00:00+07:00", "2026-01-09T10:00:00+07:00"
    shop("put", "deliveries/D1", _promised(arrived_at=wrong))
    shop("put", "deliveries/D1", _promised(arrived_at=right))

    assert Purchase.objects.get().handed_over_at == datetime.fromisoformat(right)


def test_hand_over_that_the_shop_told_itself_stays(shop: Any) -> None:
    handed = "2026-01-07T10:00:00+07:00"
    shop("put", "purchases/B1", BOUGHT | {"handed_over_at": handed})
    shop("put", "deliveries/D1", _promised(arrived_at="2026-01-09T10:00:00+07:00"))

    assert Purchase.objects.get().handed_over_at == datetime.fromisoformat(handed)


def test_what_was_late_before_we_heard_of_it_is_broken_and_nobody_is_told_now(shop: Any) -> None:
    shop("put", "deliveries/D1", _promised(-3))
    while work.run_due():
        pass

    kept = Delivery.objects.get()
    assert (kept.state, kept.ended_at) == (State.BROKEN, kept.due_at)
    assert not Case.objects.exists()


def test_one_that_is_called_off_is_owed_no_longer_and_told(shop: Any) -> None:
    shop("put", "deliveries/D1", _promised())
    answer = shop("put", "deliveries/D1", _promised(called_off=_day(0), reason="Hết hàng"))[1]

    assert answer["changed"] == ["called_off"]
    assert Delivery.objects.get().state == State.WITHDRAWN
    assert "Hết hàng" in Message.objects.exclude(sent_to="").get().body
    status, refused = shop("put", "deliveries/D1", _promised(6))
    assert (status, refused["fields"][0]["field"]) == (422, "due")


def test_what_cannot_be_kept_costs_no_other_and_says_why(shop: Any) -> None:
    shop("put", "purchases/B2", BOUGHT)
    shop("put", "deliveries/D0", _promised(number="L-0"))
    items = [
        {"id": "D1", "purchase": "B9", "due": _day(2)},
        {"id": "D2", "purchase": "B1"},
        _promised(900, id="D3"),
        _promised(id="D4", arrived_at="2026-01-04T10:00:00+07:00"),
        _promised(id="D5", arrived_at="2036-01-04T10:00:00+07:00"),
        _promised(id="D6", number="L-0"),
        {"id": "D0", "purchase": "B2", "due": _day(2)},
        {"id": "D7", "purchase": "B2", "due": _day(2)},
    ]
    answer = shop("post", "deliveries", {"items": items})[1]

    assert [(each["outcome"], each["code"], each["field"]) for each in answer["items"]] == [
        ("rejected", "unknown_purchase", "purchase"),
        ("rejected", "no_due", "due"),
        ("rejected", "too_far", "due"),
        ("rejected", "before_order", "arrived_at"),
        ("rejected", "day_to_come", "arrived_at"),
        ("rejected", "delivery_known", "number"),
        ("rejected", "other_delivery", "id"),
        ("new", "", ""),
    ]
    assert all(each["message"] for each in answer["items"][:-1])


def test_what_a_colleague_promised_is_found_and_its_day_stays_theirs(shop: Any, staff: desk.Staff) -> None:
    bought = Purchase.objects.get()
    theirs = promise_delivery(Customer.objects.get(), staff.agent, purchase=bought.pk, day=_day(3))
    first = shop("put", "deliveries/D1", _promised(5, tracking="GN77"))[1]

    assert (first["outcome"], first["changed"]) == ("matched", ["tracking"])
    kept = Delivery.objects.get()
    assert (kept.due_at, kept.tracking) == (theirs.due_at, "GN77")
