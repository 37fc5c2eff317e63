"""Money at the desk: whole minor units and their currency."""

from __future__ import annotations

import re
from dataclasses import dataclass

MINOR_DIGITS = {"VND": 0, "JPY": 0, "KRW": 0, "EUR": 2, "USD": 2, "CHF": 2, "GBP": 2}
LONGEST = 40  # characters of an amount that somebody writes


@dataclass(frozen=True, slots=True)
class Money:
    """minor: whole, in the currency's smallest unit (VND has no smaller one, so it counts đồng)."""

    minor: int
    currency: str

    def text(self) -> str:
        """Return the amount as the plan reads it, such as `500000 VND` or `12.50 EUR`."""
        digits = MINOR_DIGITS.get(self.currency, 2)
        if not digits:
            return f"{self.minor} {self.currency}"
        whole, rest = divmod(abs(self.minor), 10**digits)
        return f"{'-' if self.minor < 0 else ''}{whole}.{rest:0{digits}} {self.currency}"


def read(written: str, currency: str) -> Money | None:
    """Return an amount as people of any of our languages write it: `5.000.000 ₫`, `5,000,000`, `12,50 €`; else None.

    A last group of exactly three figures is thousands; only currencies with smaller units have decimals.
    """
    plain = re.sub(rf"(?i){re.escape(currency)}|[₫đ€$£¥]|\s", "", written)
    if len(plain) > LONGEST or not re.fullmatch(r"\d{1,3}([.,']\d{3})+([.,]\d{1,2})?|\d+([.,]\d{1,2})?", plain):
        return None
    digits = MINOR_DIGITS.get(currency, 2)
    found = re.fullmatch(r"(.*?)[.,](\d{1,2})", plain)
    whole, rest = (found[1], found[2]) if found else (plain, "")
    if rest and not digits:
        return None
    minor = int(re.sub(r"\D", "", whole)) * 10**digits + (int(rest.ljust(digits, "0")) if rest else 0)
    return Money(minor, currency) if minor < 10**15 else None
