"""Adds calendar months to a day; for all who count in them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def add_months(start: date, months: int) -> date:
    """Return the same day `months` later (earlier if negative), or that month's last day if it has no such day.

    Raises OverflowError outside the years 1 to 9999."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("date out of range")
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
