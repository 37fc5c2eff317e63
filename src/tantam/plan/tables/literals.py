"""Reads what a cell writes as a value: numbers with unit, currency or percent, spans, dates, times."""

from __future__ import annotations

import re
from datetime import date, time
from fractions import Fraction

from tantam.plan.tables.currencies import CURRENCIES
from tantam.plan.tables.values import Amount, Family, Span, plain_number

EXACT_UNITS = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1),
    **dict.fromkeys(("min", "minute", "minutes"), 60),
    **dict.fromkeys(("h", "hour", "hours"), 3600),
}
DAY_UNITS = {**dict.fromkeys(("day", "days"), 1), **dict.fromkeys(("week", "weeks"), 7)}
MONTH_UNITS = {**dict.fromkeys(("month", "months"), 1), **dict.fromkeys(("year", "years"), 12)}
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?", re.IGNORECASE)
LONGEST_NUMBER = 40  # characters: more than any amount has, and too few to keep a machine busy
QUANTITY = re.compile(r"([0-9]{1,15}) (working days?|[a-z]{1,8}|[A-Z]{3})")
UNITS = ("s", "min", "h", "days", "weeks", "months", "years", "working days")


def number_of(text: str) -> int | Fraction:
    """Return the number written `500_000`, `9.90` or `1e-07`. Raises ValueError, also beyond LONGEST_NUMBER."""
    plain = text.replace("_", "")
    if len(plain) > LONGEST_NUMBER or not NUMBER.fullmatch(plain):
        raise ValueError(f"no number of at most {LONGEST_NUMBER} characters")
    return plain_number(Fraction(plain))


def is_unit(word: str) -> bool:
    """Return whether the word is a unit of time."""
    return word in EXACT_UNITS or word in DAY_UNITS or word in MONTH_UNITS


def span_of(count: int | Fraction, unit: str) -> Span | None:
    """Return the span, or None where the unit does not divide (half a day). unit: one that `is_unit` admits."""
    if seconds := EXACT_UNITS.get(unit):
        total = plain_number(count * seconds)
        return Span(Family.EXACT, total) if isinstance(total, int) else None
    scale = DAY_UNITS.get(unit) or MONTH_UNITS[unit]
    total = plain_number(count * scale)
    if not isinstance(total, int):
        return None
    return Span(Family.CALENDAR, total) if unit in DAY_UNITS else Span(Family.CALENDAR, 0, total)


def working_span(count: int | Fraction) -> Span | None:
    """Return that many working days, None if they are not whole."""
    return Span(Family.WORKING, count) if isinstance(count, int) else None


def quantity_of(text: str) -> Span | Amount | None:
    """Return what a whole number with one unit or currency is (`12 days`, `500000 VND`), None for all else.

    Most facts are written so; the parser reads the same, by the whole grammar of expressions."""
    match = QUANTITY.fullmatch(text)
    if match is None:
        return None
    count, unit = int(match[1]), match[2]
    if unit in CURRENCIES:
        return Amount.of(count, unit)
    if unit.startswith("working"):
        return working_span(count)
    return span_of(count, unit) if is_unit(unit) else None


def date_of(text: str) -> date | None:
    """Return the day written `2026-12-24`, None if the calendar has no such day."""
    if len(text) != len("2026-12-24") or text[5] == "W":  # a week's days are of the same standard
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def time_of(text: str) -> time | None:
    """Return the time of day written `8:30`, None if no clock shows it."""
    hours, _, minutes = text.partition(":")
    try:
        return time(int(hours), int(minutes))
    except ValueError:
        return None
