"""A clock's open intervals as columns, the very ones that deadlines are counted with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np

from tantam.plan.calendars import Hours
from tantam.plan.calendars.local_time import MICROSECONDS_A_MINUTE, to_microseconds
from tantam.plan.calendars.open_time import compiled


def open_time_columns(hours: Hours | None, first_year: int, last_year: int) -> dict[str, Any]:
    """Return {since, until, before} of the open intervals of whole years; hours None: calendar time, which never stops.

    since, until: datetime64 in UTC. before: open minutes in all earlier intervals. The first row is empty and begins
    before all others, so that every instant of these years finds a row at or before it.
    """
    begin, end = (to_microseconds(datetime(year, 1, 1, tzinfo=UTC)) for year in (first_year, last_year + 1))
    if hours is None:
        return _columns([begin], [end], [0])
    # A local year begins up to a day before or after the same year in UTC.
    span = compiled(hours, first_year - 1, last_year + 1)
    before = min([begin, *span.starts[:1]]) - 1
    return _columns([before, *span.starts], [before, *span.ends], [0, *span.passed])


def _columns(starts: list[int], ends: list[int], passed: list[int]) -> dict[str, Any]:
    return {
        "since": np.array(starts, dtype="datetime64[us]"),
        "until": np.array(ends, dtype="datetime64[us]"),
        "before": np.array(passed, dtype=np.float64) / MICROSECONDS_A_MINUTE,
    }
