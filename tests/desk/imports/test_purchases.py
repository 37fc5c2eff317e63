"""Purchases taken in from a file: with their buyers, products, prices and days."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tantam.desk.customers.models import Customer, Product, Purchase
from tests.support import desk
from tests.support.imports import counts, taken, why, written

PEOPLE = "id,name,email\nK1,Nguyễn Thị Hoa,hoa@mail.example\n"
HEAD = "Mã đơn hàng;Mã khách hàng;SKU;Tên sản phẩm;Giá;Ngày đặt;Ngày giao\n"
ROW = "DH-1;K1;MG-9;Máy giặt 9 kg;8.990.000 ₫;25/12/2025;05.01.2026\n"


@pytest.fixture
def people(staff: desk.Staff, tmp_path: Path) -> None:
    taken(written(tmp_path, PEOPLE, "shop.csv"), staff.manager, source="shop")


def bought(tmp_path: Path, staff: desk.Staff, text: str, **more: object) -> object:
    return taken(written(tmp_path, text, "orders.csv"), staff.manager, source="shop", **more)


def test_a_purchase_is_kept_with_what_was_promised_when_they_bought(
    people: None, staff: desk.Staff, tmp_path: Path
) -> None:
    held = bought(tmp_path, staff, HEAD + ROW)

    assert counts(held) == {"new": 1}, why(held)
    kept = Purchase.objects.get()
    assert (kept.number, kept.customer.name, kept.product.sku) == ("DH-1", "Nguyễn Thị Hoa", "MG-9")
    assert (kept.price_minor, kept.currency, kept.plan_number) == (8_990_000, "VND", 1)
    assert kept.ordered_at == datetime(2025, 12, 24, 17, tzinfo=UTC)  # midnight in Vietnam
    assert kept.handed_over_at == datetime(2026, 1, 4, 17, tzinfo=UTC)
    assert Product.objects.get().name("vi") == "Máy giặt 9 kg"


def test_a_second_run_changes_nothing_and_a_delivery_is_added(people: None, staff: desk.Staff, tmp_path: Path) -> None:
    early = HEAD + ROW.replace("05.01.2026", "")
    bought(tmp_path, staff, early)
    assert counts(bought(tmp_path, staff, early)) == {"same": 1}

    held = bought(tmp_path, staff, HEAD + ROW)

    assert counts(held) == {"changed": 1}
    assert Purchase.objects.get().handed_over_at is not None


def test_things_of_one_order_have_numbers_of_their_own_the_same_every_time(
    people: None, staff: desk.Staff, tmp_path: Path
) -> None:
    text = HEAD + ROW + ROW.replace("MG-9", "TL-2") + ROW.replace("MG-9", "TV-5")
    bought(tmp_path, staff, text)
    again = bought(tmp_path, staff, text)

    assert counts(again) == {"same": 3}
    numbers = dict(Purchase.objects.values_list("product__sku", "number"))
    assert numbers == {"MG-9": "DH-1", "TL-2": "DH-1-2", "TV-5": "DH-1-3"}


def test_what_was_entered_by_hand_is_the_same_purchase(people: None, staff: desk.Staff, tmp_path: Path) -> None:
    hoa = Customer.objects.get()
    desk.purchase(hoa, number="DH-1")

    held = bought(tmp_path, staff, HEAD + ROW)

    assert (counts(held), Purchase.objects.count()) == ({"matched": 1}, 1)


def test_somebody_elses_number_is_not_taken_over(people: None, staff: desk.Staff, tmp_path: Path) -> None:
    desk.purchase(desk.customer("Trần Nam", "nam@mail.example"), number="DH-1")
    assert why(bought(tmp_path, staff, HEAD + ROW)) == [(2, "number_taken")]


def test_a_buyer_whom_nobody_knows_is_rejected_or_taken_on_by_what_the_row_tells(
    people: None, staff: desk.Staff, tmp_path: Path
) -> None:
    assert why(bought(tmp_path, staff, HEAD + ROW.replace("K1", "K9"))) == [(2, "unknown_customer")]
    told = "order,name,phone,sku,price,date\nX1,Trần Nam,0912 345 678,MG-9,100,2026-01-02\n"

    held = bought(tmp_path, staff, told)

    assert counts(held) == {"new": 1}
    assert Purchase.objects.get().customer.name == "Trần Nam"


def test_a_broken_row_costs_itself_alone(people: None, staff: desk.Staff, tmp_path: Path) -> None:
    rows = [
        ROW,
        "DH-2;K1;MG-9;x;abc;25/12/2025;\n",
        "DH-3;K1;MG-9;x;100;31/02/2026;\n",
        "DH-4;K1;MG-9;x\n",
        'DH-5;K1;MG-9;"never closed;100;25/12/2025;\n',
        "DH-6;K1;;;100;25/12/2025;\n",
        "DH-7;K1;MG-9;x;12,50 VND;25/12/2025;\n",
        "DH-8;K1;MG-9;x;150000.00;25/12/2025;\n",
    ]

    held = bought(tmp_path, staff, HEAD + "".join(rows))

    assert counts(held) == {"new": 2, "rejected": 6}
    assert why(held) == [
        (3, "bad_amount"),
        (4, "bad_date"),
        (5, "short"),
        (6, "open_quote"),
        (7, "no_product"),
        (8, "bad_amount"),
    ]
    assert Purchase.objects.get(number="DH-8").price_minor == 150_000


@pytest.mark.parametrize(
    ("order", "day"), [("day", datetime(2025, 4, 2, 17, tzinfo=UTC)), ("month", datetime(2025, 3, 3, 17, tzinfo=UTC))]
)
def test_a_day_that_may_be_two_is_read_as_somebody_said(
    people: None, staff: desk.Staff, tmp_path: Path, order: str, day: datetime
) -> None:
    text = HEAD + ROW.replace("25/12/2025", "03/04/2025")
    assert why(bought(tmp_path, staff, text)) == [(2, "which_order")]

    bought(tmp_path, staff, text, formats={"dates": order})

    assert Purchase.objects.get().ordered_at == day
