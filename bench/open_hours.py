"""Adding eight open hours, against businesstimedelta, in the same run on the same thousand starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

from bench import Row
from tantam.plan.calendars import Hours, add, parse_hours

ZONE = "Asia/Ho_Chi_Minh"
MINUTES = 8 * 60
ROUNDS = 5


def rows() -> list[Row]:
    """Return one row a question; ours and rival in seconds for one addition.

    rival and ratio are None where businesstimedelta is not installed, or has no such question.
    """
    form = {"mon-fri": "08:00-12:00, 13:00-18:00", "sat": "08:00-12:00", "holidays": "VN"}
    hours, _ = parse_hours(form, ZONE, name="office")
    starts = [datetime(2026, 1, 5, 2, tzinfo=UTC) + timedelta(minutes=517 * n) for n in range(1000)]
    ours = [add(hours, start, MINUTES) for start in starts]
    one = _seconds_each(lambda start: add(hours, start, MINUTES), starts)
    rival = _rival(hours)
    theirs = _seconds_each(rival, starts[:100]) if rival else None
    wrong = sum(rival(start) != end for start, end in zip(starts[:100], ours, strict=False)) if rival else 0
    note = f"businesstimedelta; {wrong} of 100 answers differ" if rival else "businesstimedelta is not installed"
    column = _column(hours, starts)
    return [
        _row("add 8 open hours to one start", one, theirs, note),
        _row("add 8 open hours to a column of a million, each", column, theirs, note),
    ]


def _row(what: str, ours: float, rival: float | None, note: str) -> Row:
    return Row(what, ours, rival, rival / ours if rival else None, note)


def _seconds_each(question: Callable[[datetime], Any], starts: Sequence[datetime]) -> float:
    """Return the best of some rounds: what disturbs a round makes it only slower."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = perf_counter()
        for start in starts:
            question(start)
        best = min(best, (perf_counter() - begun) / len(starts))
    return best


def _column(hours: Hours, starts: Sequence[datetime]) -> float:
    import numpy as np

    from tantam.plan.calendars.columns import add_column

    naive = np.array([start.replace(tzinfo=None) for start in starts], dtype="datetime64[us]")
    column = np.tile(naive, 1000)
    minutes = np.full(len(column), float(MINUTES))
    best = float("inf")
    for _ in range(ROUNDS):
        begun = perf_counter()
        add_column(hours, column, minutes)
        best = min(best, (perf_counter() - begun) / len(column))
    return best


def _rival(hours: Hours) -> Callable[[datetime], Any] | None:
    try:
        import businesstimedelta as rival
    except ImportError:
        return None
    import datetime as calendar

    import holidays
    import pytz  # comes with the rival, which knows no other zones

    zone = pytz.timezone(hours.zone)

    def rule(days: list[int], first: int, last: int) -> Any:
        return rival.WorkDayRule(
            start_time=calendar.time(first), end_time=calendar.time(last), working_days=days, tz=zone
        )

    free = rival.HolidayRule(holidays.country_holidays("VN"), tz=zone)
    open_time = rival.Rules([rule([0, 1, 2, 3, 4, 5], 8, 12), rule([0, 1, 2, 3, 4], 13, 18), free])
    span = rival.BusinessTimeDelta(open_time, hours=8)
    return lambda start: start + span


if __name__ == "__main__":
    for row in rows():
        print(row)
