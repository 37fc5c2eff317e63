"""What FEEL expressions yield: decimals of 34 digits, dates, two kinds of durations, lists, contexts, ranges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from fractions import Fraction
from typing import Any

# IEEE 754 decimal128, as the specification asks.
DECIMALS = Context(34, ROUND_HALF_EVEN, -6143, 6144, traps=[InvalidOperation, DivisionByZero, Overflow])

MOST_MONTHS = 12 * 10**9

NULL, ANY, BOOLEAN, NUMBER, STRING = "Null", "Any", "boolean", "number", "string"
DATE, TIME, MOMENT = "date", "time", "date and time"
DAYS, MONTHS = "days and time duration", "years and months duration"
LIST, CONTEXT, RANGE, FUNCTION = "list", "context", "range", "function"


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """A years and months duration."""

    months: int

    @classmethod
    def of(cls, months: Fraction | int) -> Months:
        """Return so many months, a part of one cut off. Raises OverflowError beyond MOST_MONTHS."""
        if abs(Fraction(months)) > MOST_MONTHS:
            raise OverflowError("too many months")
        return cls(int(months))


@dataclass(frozen=True, slots=True)
class Range:
    """A missing end is None and does not bound; an open one excludes itself."""

    low: Any
    high: Any
    low_open: bool
    high_open: bool


@dataclass(frozen=True, slots=True)
class Function:
    """forms: the lists of parameter names it may be called with. call: takes the arguments by position."""

    forms: tuple[tuple[str, ...], ...]
    call: Callable[..., Any]
    fits: Callable[[int], bool]


KINDS: Mapping[type, str] = {
    type(None): NULL, bool: BOOLEAN, Decimal: NUMBER, str: STRING, date: DATE, time: TIME, datetime: MOMENT,
    timedelta: DAYS, Months: MONTHS, list: LIST, dict: CONTEXT, Range: RANGE, Function: FUNCTION,
}  # fmt: skip


def kind_of(value: Any) -> str:
    """Return the FEEL type of a value."""
    return KINDS[type(value)]


def whole(value: Any) -> int | None:
    """Return the number as an int if it is whole and of a size that counts something, else None."""
    if not isinstance(value, Decimal) or value.adjusted() > 15 or value != value.to_integral_value():
        return None
    return int(value)


def plain(value: Decimal) -> str:
    """Return the number's digits without superfluous zeros; beyond 40 places with an exponent."""
    if not value:
        return "0"
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    text = "".join(map(str, digits)).lstrip("0")
    cut = text.rstrip("0")
    lean = Decimal((sign, tuple(map(int, cut)), exponent + len(text) - len(cut)))
    return f"{lean:f}" if abs(lean.adjusted()) <= 40 else f"{lean:E}"
