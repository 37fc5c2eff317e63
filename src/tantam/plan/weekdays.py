"""Which weekdays a key names: `mon`, `mon-fri`, `sat, sun`, `daily`."""

from __future__ import annotations

import re

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = ("daily", "every_day")


def weekdays(key: str) -> tuple[str, ...]:
    """Return the weekdays that `mon`, `mon-fri`, `fri-mon`, `sat, sun` or `daily` mean; () if it means none."""
    name = key.strip().lower()
    if name in EVERY_DAY:
        return DAYS
    days: list[str] = []
    for part in name.split(","):
        ends = [each.strip() for each in re.split(r"[-–]", part)]
        if not 1 <= len(ends) <= 2 or any(each not in DAYS for each in ends):
            return ()
        first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
        days += [DAYS[(first + step) % 7] for step in range((last - first) % 7 + 1)]
    return tuple(days)
