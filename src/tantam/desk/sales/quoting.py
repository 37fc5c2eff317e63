"""What a quote says: its lines as they are written, what they come to, and what may be wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money
from tantam.desk.customers.models import Product
from tantam.desk.sales.models import MOST_WORDS

MOST_LINES = 20
MOST_PIECES = 100_000
MOST_MINOR = 10**15


@dataclass(frozen=True)
class Line:
    """words: what is offered, as the customer reads it. product: of which that is; pieces: 1 or more."""

    words: str
    pieces: int
    each: Money
    product: Product | None = None


@dataclass(frozen=True)
class Offer:
    """What is quoted. valid_until: aware; None for as long as the plan says. words: what the letter says before it."""

    lines: Sequence[Line]
    valid_until: datetime | None = None
    words: str = ""

    def total(self, now: datetime) -> Money:
        """Return what all comes to. Raises Refused: quote_empty, quote_line, two_currencies, not_ahead."""
        if not self.lines or len(self.lines) > MOST_LINES:
            raise Refused("quote_empty", most=MOST_LINES)
        for number, line in enumerate(self.lines, 1):
            wrong = not line.words.strip() or len(line.words) > MOST_WORDS or not 1 <= line.pieces <= MOST_PIECES
            if wrong or not 0 <= line.each.minor < MOST_MINOR:
                raise Refused("quote_line", number=number, most=MOST_PIECES)
        if len({line.each.currency for line in self.lines}) > 1:
            raise Refused("two_currencies")
        if self.valid_until is not None and self.valid_until <= now:
            raise Refused("not_ahead")
        return Money(self._sum(), self.lines[0].each.currency)

    def _sum(self) -> int:
        """Return what the lines come to. Raises Refused: quote_line for the one with which it is too much to keep."""
        total = 0
        for number, line in enumerate(self.lines, 1):
            total += line.pieces * line.each.minor
            if total >= MOST_MINOR:
                raise Refused("quote_line", number=number, most=MOST_PIECES)
        return total
