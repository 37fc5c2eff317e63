"""How far back the figures of a page go: a period that its address names, of three."""

from __future__ import annotations

from django.http import QueryDict

from tantam.desk.common.numbers import whole

PERIODS = (30, 90, 365)  # days


def period(asked: QueryDict, *, usual: int) -> int:
    """Return the days that an address names, of PERIODS; `usual` where it names none of them."""
    days = whole(asked.get("days", ""))
    return days if days in PERIODS else usual
