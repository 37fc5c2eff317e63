"""The demo's accounts bear the address of the company whose plan is in force."""

from __future__ import annotations

import pytest

from tantam.desk.demo.staff import hire, house, shown

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("company", "domain"),
    [
        ("Bến Xuân", "ben-xuan.example"),
        ("Hòa Phong", "hoa-phong.example"),
        ("Đồng Đội", "dong-doi.example"),
        ("東京", "desk.example"),
    ],
)
def test_house_is_the_companys_name_as_a_domain(company: str, domain: str) -> None:
    assert house(company) == domain


def test_accounts_that_are_offered_are_those_of_this_company() -> None:
    hire(("agent", "lead"), "Hòa Phong")
    assert [address for _, address in shown()] == [
        f"{box}@hoa-phong.example" for box in ("agent", "specialist", "manager", "admin")
    ]
