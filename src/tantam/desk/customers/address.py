"""How a customer is greeted and addressed, by language; never guessed."""

from __future__ import annotations

from tantam.desk.customers.models import Customer

# Vietnamese pairs and German titles that a customer may have chosen; "" is unknown.
ADDRESSES = ("anh", "chi", "ong", "ba", "quy_khach", "herr", "frau", "neutral")


def called(customer: Customer, lang: str) -> str:
    """Return how we call them inside a sentence: "chị Hoa", "Frau Weber", "Kim Weber", "quý khách"."""
    raise NotImplementedError


def greeting(customer: Customer, lang: str) -> str:
    """Return how a letter opens, with its punctuation: "Kính gửi chị Nguyễn Thị Hoa," or "Sehr geehrte Frau Weber,"."""
    raise NotImplementedError


def closing(lang: str) -> str:
    """Return the closing line of a letter: "Trân trọng," "Mit freundlichen Grüßen" "Kind regards,"."""
    raise NotImplementedError
