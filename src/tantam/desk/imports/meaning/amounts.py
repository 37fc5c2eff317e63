"""Amounts of money as files write them, in whole minor units; what a currency does not have is no amount of it."""

from __future__ import annotations

import re

from tantam.desk.common.money import MINOR_DIGITS, Money
from tantam.desk.common.money import read as read_money
from tantam.desk.imports.meaning.wrong import Wrong

SIGNS = {"₫": "VND", "đ": "VND", "Đ": "VND", "€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
_CODE = re.compile(r"[A-Z]{3}")
_NOTHING = re.compile(r"[.,]0{1,4}$")  # `150000.00` of a currency that has no smaller unit
_THREE = re.compile(r"[.,]\d{3}$")


def currency_of(text: str) -> str:
    """Return the three letters of a currency, of its code or its sign. Raises Wrong."""
    code = SIGNS.get(text.strip(), text.strip().upper())
    if not _CODE.fullmatch(code):
        raise Wrong("bad_currency", got=text[:20])
    return code


def amount(text: str, currency: str, decimal: str) -> Money:
    """Return what an amount is worth. decimal: the sign before the cents, "" for what people usually mean.

    Raises Wrong for what is below nothing, and for cents that the currency does not have.
    """
    plain = re.sub(rf"(?i){re.escape(currency)}|[₫đ€$£¥\s]", "", text)
    if decimal:
        found = _exactly(plain, currency, decimal)
    else:
        if not MINOR_DIGITS.get(currency, 2) and not _THREE.search(plain):
            plain = _NOTHING.sub("", plain)
        found = read_money(plain, currency)
    if found is None:
        raise Wrong("bad_amount", got=text[:40], currency=currency)
    return found


def _exactly(plain: str, currency: str, decimal: str) -> Money | None:
    """Return an amount whose signs are known: what is not parted in threes is no amount."""
    thousands = re.escape("," if decimal == "." else ".")
    found = re.fullmatch(
        rf"(\d{{1,15}}|\d{{1,3}}(?:{thousands}\d{{3}}){{1,4}})(?:{re.escape(decimal)}(\d{{1,6}}))?", plain
    )
    if found is None:
        return None
    whole = re.sub(r"\D", "", found[1])
    digits = MINOR_DIGITS.get(currency, 2)
    cents = (found[2] or "").ljust(digits, "0")
    if cents[digits:].strip("0"):
        return None
    minor = int(whole) * 10**digits + int(cents[:digits] or 0)
    return Money(minor, currency) if minor < 10**15 else None
