"""Who may be one is found by the stated rule, and who is not, is left alone."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk.customers.models import Contact
from tantam.desk.duplicates.actions import tell_apart
from tantam.desk.duplicates.looking import MOST_ALIKE, look
from tantam.desk.duplicates.models import Pair
from tests.support.desk import customer

pytestmark = pytest.mark.usefixtures("clock", "plan")


def found() -> set[tuple[str, str]]:
    look()
    return {(each.first.name, each.second.name) for each in Pair.objects.filter(apart_at=None)}


def with_phone(name: str, number: str, **more: Any) -> Any:
    made = customer(name, mail=f"{name.replace(' ', '').encode().hex()[:40]}@example.com", **more)
    Contact.objects.create(customer=made, kind="phone", value=number)
    return made


def test_one_address_is_reason_enough() -> None:
    customer("Hoa", mail="hoa@example.com")
    customer("Bà Nguyễn", mail="hoa@example.com")
    assert found() == {("Hoa", "Bà Nguyễn")}
    assert Pair.objects.get().reasons == ["same_mail"]


def test_one_telephone_is_not_for_families_share_it() -> None:
    with_phone("Nguyễn Văn An", "+84912345678")
    with_phone("Nguyễn Thị Bích", "+84912345678")
    assert found() == set()


def test_one_telephone_and_the_same_words_in_the_name_are_whatever_comes_first() -> None:
    with_phone("Nguyễn Văn An", "+84912345678")
    with_phone("An Nguyen Van", "+84912345678")
    assert found() == {("Nguyễn Văn An", "An Nguyen Van")}
    assert Pair.objects.get().reasons == ["same_phone", "same_name"]


def test_a_name_alone_is_not_but_with_the_year_of_birth_it_is() -> None:
    customer("Trần Thị Lan", mail="a@example.com")
    customer("Trần Thị Lan", mail="b@example.com", birth_year=1950)
    customer("Tran Thi Lan", mail="c@example.com", birth_year=1950)
    assert found() == {("Trần Thị Lan", "Tran Thi Lan")}


def test_different_years_of_birth_speak_against_it() -> None:
    with_phone("Trần Thị Lan", "+84912345678", birth_year=1950)
    with_phone("Tran Thi Lan", "+84912345678", birth_year=1980)
    assert found() == set()


def test_an_address_that_many_share_says_nothing() -> None:
    for number in range(MOST_ALIKE + 1):
        customer(f"Kunde {number}", mail="info@example.com")
    assert found() == set()


def test_our_own_and_other_kinds_are_never_compared() -> None:
    customer("Hoa", mail="hoa@example.com")
    customer("Hoa GmbH", mail="hoa@example.com", kind="business")
    customer("Hoa", mail="hoa@example.com", internal=True)
    assert found() == set()


def test_whom_a_colleague_told_apart_nobody_is_asked_about_again(staff: Any) -> None:
    customer("Hoa", mail="hoa@example.com")
    customer("Bà Nguyễn", mail="hoa@example.com")
    found()
    tell_apart(Pair.objects.get(), staff.agent)
    assert found() == set() and Pair.objects.get().apart_by == staff.agent


def test_what_is_alike_no_more_leaves_the_list(clock: Any) -> None:
    customer("Hoa", mail="hoa@example.com")
    other = customer("Bà Nguyễn", mail="hoa@example.com")
    assert found()
    other.contacts.all().delete()
    clock.forward(hours=3)
    assert found() == set() and not Pair.objects.exists()
