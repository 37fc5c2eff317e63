"""Until which day a contract lasts that goes on by itself, and until which one once notice was given."""

from __future__ import annotations

from datetime import date, timedelta

from tantam.plan.months import add_months

MOST_TIMES = 1200  # a century of months
_DAY = timedelta(days=1)


def renewed_end(first: date, months: int, times: int) -> date:
    """Return the last day of a contract that went on `times` times by `months` months after its `first` last day.

    Counted from that first day each time, so that no short month shortens those after it. What ends with a month ends
    with a month: the 29th of February is the 28th in a common year, and the 29th again in a leap year.
    Raises OverflowError beyond the year 9999.
    """
    if (first + _DAY).day == 1:
        return add_months(first + _DAY, months * times) - _DAY
    return add_months(first, months * times)


def times_renewed(first: date, months: int, day: date) -> int:
    """Return how often it has gone on by `day`, so that it lasts until then at least: 0..MOST_TIMES.

    months: >= 1.
    """
    times = 0
    while times < MOST_TIMES and renewed_end(first, months, times) < day:
        times += 1
    return times


def end_by_notice(first: date | None, months: int, notice_days: int, day: date) -> date:
    """Return the last day of a contract of which notice is given on `day`.

    first: its first last day, None for one without an end, which lasts `notice_days` more days. months: by how many it
    goes on by itself, 0 for not at all. Notice that comes later than `notice_days` before an end counts for the next.
    """
    needed = day + timedelta(days=notice_days)
    if first is None:
        return needed
    return renewed_end(first, months, times_renewed(first, months, needed)) if months else first
