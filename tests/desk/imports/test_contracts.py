"""Contracts and serial numbers taken in from files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tantam.desk.customers.models import Contract, Unit
from tantam.desk.imports.meaning.built_in import spoken
from tests.support import desk
from tests.support.imports import counts, taken, why, written

PEOPLE = "id,name,email\nK1,Nguyễn Thị Hoa,hoa@mail.example\n"
ORDERS = "Mã đơn hàng;Mã khách hàng;SKU;Tên sản phẩm;Giá;Ngày đặt\nDH-1;K1;MG-9;Máy giặt 9 kg;8.990.000 ₫;25/12/2025\n"
AGREED = (
    "Số hợp đồng;Mã khách hàng;Ngày bắt đầu;Ngày kết thúc;Cam kết\n"
    "V-1;K1;01.03.2027;29.02.2028;first_reply: 4 h\n"
    "V-2;K1;01.03.2026;29.02.2027;first_reply: 4 h\n"
    "V-3;K1;01.03.2026;28.02.2027;first_reply 4 h\n"
    "V-4;K9;01.03.2026;28.02.2027;\n"
)
SERIALS = "Số seri;Mã đơn hàng;SKU\nsn 00-12;DH-1;MG-9\nX1;DH-9;MG-9\nX2;DH-1;TV-5\n"
OF_CONTRACTS = {
    "contract": "Số hợp đồng",
    "customer": "Mã khách hàng",
    "begins": "Ngày bắt đầu",
    "ends": "Ngày kết thúc",
    "promise": "Cam kết",
}
OF_UNITS = {"serial": "Số seri", "purchase": "Mã đơn hàng", "sku": "SKU"}


@pytest.fixture
def known(staff: desk.Staff, tmp_path: Path) -> None:
    taken(written(tmp_path, PEOPLE, "shop.csv"), staff.manager, source="shop")
    taken(written(tmp_path, ORDERS, "orders.csv"), staff.manager, source="shop")


def test_contracts_of_a_file_are_taken_in_once(known: None, staff: desk.Staff, tmp_path: Path) -> None:
    first, again = (
        taken(
            written(tmp_path, AGREED, "contracts.csv"),
            staff.manager,
            source="shop",
            rows="contracts",
            fields=OF_CONTRACTS,
        )
        for _run in range(2)
    )

    assert (counts(first), counts(again)) == ({"new": 1, "rejected": 3}, {"same": 1, "rejected": 3}), why(first)
    kept = Contract.objects.get()
    assert (kept.number, kept.ends, kept.customer.name) == ("V-1", date(2028, 2, 29), "Nguyễn Thị Hoa")
    assert [str(each) for each in kept.promises.all()] == ["first_reply 4 h"]


def test_the_columns_of_known_words_are_recognised() -> None:
    assert {name: list(said) for name, said in spoken("contracts", AGREED.splitlines()[0].split(";")).items()} == {
        name: [column] for name, column in OF_CONTRACTS.items()
    }
    assert {name: said[0] for name, said in spoken("units", SERIALS.splitlines()[0].split(";")).items()} == OF_UNITS


def test_serial_numbers_of_a_file_find_the_thing_of_an_order(known: None, staff: desk.Staff, tmp_path: Path) -> None:
    first, again = (
        taken(written(tmp_path, SERIALS), staff.manager, source="shop", rows="units", fields=OF_UNITS)
        for _run in range(2)
    )

    assert (counts(first), counts(again)) == ({"new": 1, "rejected": 2}, {"same": 1, "rejected": 2}), why(first)
    assert [(each.serial, each.purchase.number) for each in Unit.objects.all()] == [("SN0012", "DH-1")]
