"""Greetings by the form of address that was chosen, in three languages; never a guess."""

from __future__ import annotations

from datetime import date

import pytest

from tantam.desk.customers.address import called, closing, family_name, greeting, spoken_to
from tantam.desk.customers.models import Customer

HOA, WEBER, KIM = "Nguyễn Thị Hoa", "Sabine Weber", "Kim Weber"


@pytest.mark.parametrize(
    ("name", "address", "lang", "expected"),
    [
        (HOA, "chi", "vi", "chị Hoa"),
        (HOA, "ba", "vi", "bà Hoa"),
        (HOA, "", "vi", "anh/chị Hoa"),
        (HOA, "quy_khach", "vi", "quý khách"),
        (HOA, "neutral", "vi", "anh/chị Hoa"),
        ("Thomas Weber", "anh", "vi", "anh Thomas"),
        ("Đỗ Minh Quân", "anh", "vi", "anh Quân"),
        (WEBER, "frau", "de", "Frau Weber"),
        ("Dr. Sabine Weber", "frau", "de", "Frau Dr. Weber"),
        ("Ludwig van der Beek", "herr", "de", "Herr van der Beek"),
        (HOA, "frau", "de", "Frau Nguyễn"),
        (KIM, "", "de", "Kim Weber"),
        (HOA, "chi", "de", HOA),
        (WEBER, "frau", "en", "Ms Weber"),
        (KIM, "neutral", "en", "Kim Weber"),
        ("hoa@example.com", "chi", "vi", "chị"),
        ("hoa@example.com", "", "de", ""),
    ],
)
def test_called(name: str, address: str, lang: str, expected: str) -> None:
    assert called(_customer(name, address, "de" if name == "Thomas Weber" else "vi"), lang) == expected


@pytest.mark.parametrize(
    ("name", "address", "lang", "expected"),
    [
        (HOA, "chi", "vi", "Kính gửi chị Nguyễn Thị Hoa,"),
        (HOA, "", "vi", "Kính gửi anh/chị Nguyễn Thị Hoa,"),
        ("", "chi", "vi", "Kính gửi chị,"),
        (WEBER, "frau", "de", "Sehr geehrte Frau Weber,"),
        ("Thomas Weber", "herr", "de", "Sehr geehrter Herr Weber,"),
        ("Dr. Sabine Weber", "frau", "de", "Sehr geehrte Frau Dr. Weber,"),
        (KIM, "", "de", "Guten Tag Kim Weber,"),
        (KIM, "neutral", "de", "Guten Tag Kim Weber,"),
        ("", "", "de", "Guten Tag,"),
        (WEBER, "frau", "en", "Dear Ms Weber,"),
        (HOA, "", "en", "Dear Nguyễn Thị Hoa,"),
        ("", "", "en", "Hello,"),
    ],
)
def test_greeting(name: str, address: str, lang: str, expected: str) -> None:
    assert greeting(_customer(name, address), lang) == expected


def test_a_business_is_greeted_as_one() -> None:
    firm = _customer("Quán Phở Bắc", "", kind=Customer.Kind.BUSINESS)
    assert greeting(firm, "de") == "Sehr geehrte Damen und Herren,"
    assert greeting(firm, "vi") == "Kính gửi Quán Phở Bắc,"


def test_german_letters_close_without_a_comma() -> None:
    assert closing("de") == "Mit freundlichen Grüßen" and closing("vi") == "Trân trọng,"


@pytest.mark.parametrize(
    ("name", "family"), [("Hoa", "Hoa"), ("Lê Hoa", "Lê"), ("Van Dyck", "Dyck"), ("Prof. Dr. A. von Berg", "von Berg")]
)
def test_family_names(name: str, family: str) -> None:
    assert family_name(name) == family


def _customer(name: str, address: str, language: str = "vi", kind: str = Customer.Kind.PERSON) -> Customer:
    return Customer(name=name, address=address, language=language, kind=kind, since=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ("anh", "Anh nhận máy, anh nhé."),
        ("ba", "Bà nhận máy, bà nhé."),
        ("quy_khach", "Quý khách nhận máy, quý khách nhé."),
        ("", "Anh/chị nhận máy, anh/chị nhé."),
    ],
)
def test_what_is_written_for_everybody_is_said_by_the_word_they_chose(chosen: str, said: str) -> None:
    assert spoken_to(Customer(name="Minh", address=chosen), "Anh/chị nhận máy, anh/chị nhé.", "vi") == said


def test_a_firm_and_other_languages_are_not_called_by_a_pair() -> None:
    words = "Anh/chị nhận máy."
    assert spoken_to(Customer(address="anh", kind=Customer.Kind.BUSINESS), words, "vi") == words
    assert spoken_to(Customer(address="herr"), words, "de") == words
