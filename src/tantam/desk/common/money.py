"""Money at the desk: whole minor units and their currency."""

from __future__ import annotations

from dataclasses import dataclass

MINOR_DIGITS = {"VND": 0, "JPY": 0, "KRW": 0, "EUR": 2, "USD": 2, "CHF": 2, "GBP": 2}


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
